package dev.podhop.netstack;

import dev.podhop.trace.Cites;
import dev.podhop.trace.Evidence;
import dev.podhop.trace.Reason;
import java.util.List;

/** Why the kernel's network stack did something. The sentences live in the reports' bundles. */
public enum PathReason implements Reason {
    RECEIVED("net.received", "device"),
    RECEIVED_FROM_LOOPBACK("net.received.loopback", "device"),
    SENT_BY_SOCKET("net.sent", "socket"),
    ICMP_ERROR_MADE("net.icmp.made", "kind", "about"),
    RESET_MADE("net.reset.made", "where", "source", "port"),
    ARP_ASKED("net.arp.asked", "address"),
    ARP_ANSWERED("net.arp.answered", "address"),
    ARP_PROXIED("net.arp.proxied", "address"),
    /** A load balancer's address, which the node does not have. */
    ARP_ANNOUNCED("net.arp.announced", "address"),
    ARP_LEARNED("net.arp.learned", "address"),
    ARP_NOT_OURS("net.arp.not-ours", "address"),
    FRAME_FOR_OTHER("net.frame.other-host", "device"),
    CT_NEW("net.ct.new", Of.CONNECTION, "entry"),
    /** {@code -NF_REPEAT}: a SYN on the tuple of a connection that is over. */
    CT_NEW_REPLACED("net.ct.new.replaced", Of.CONNECTION, "entry", "state"),
    CT_NEW_REPEATED("net.ct.new.repeated", Of.CONNECTION, "entry"),
    CT_ESTABLISHED("net.ct.established", Of.CONNECTION, "entry"),
    CT_RELATED("net.ct.related", Of.CONNECTION, "entry"),
    CT_INVALID("net.ct.invalid"),
    CT_TABLE_FULL("net.ct.table-full", Of.TABLE_SIZE, "node", "max"),
    CT_INSERT_FAILED("net.ct.insert-failed", "node"),
    CT_NO_FREE_PORT("net.ct.no-free-port"),
    /** {@code server} is {@code ip:port}. */
    IPVS_SCHEDULED("net.ipvs.scheduled", Of.SERVER, "service", "scheduler", "server"),
    IPVS_PERSISTENT("net.ipvs.persistent", Of.SERVER, "service", "scheduler", "server"),
    IPVS_NO_SERVER("net.ipvs.no-server", Of.VIRTUAL_SERVICE, "service", "scheduler", "server"),
    IPVS_SERVER_GONE("net.ipvs.server-gone", Of.SERVER, "service", "scheduler", "server"),
    IPVS_NAT("net.ipvs.nat", "from", "to"),
    IPVS_UNDO("net.ipvs.undo", "from", "to"),
    RULES_DROP("net.rules.drop"),
    RULES_REJECT("net.rules.reject"),
    CHAIN_POLICY("net.rules.policy", Of.POLICY, "chain", "table"),
    DNAT("net.nat.dnat", "from", "to"),
    SNAT("net.nat.snat", "from", "to"),
    UNDO_DNAT("net.nat.undo-dnat", "from", "to"),
    UNDO_SNAT("net.nat.undo-snat", "from", "to"),
    NAT_ICMP("net.nat.icmp", "from", "to"),
    ROUTE_LOCAL("net.route.local", Of.ROUTE.and(Cites.holder("destination")), "destination",
            "route"),
    ROUTE_FORWARD("net.route.forward", Of.ROUTE, "destination", "route"),
    ROUTE_OUTPUT("net.route.output", Of.ROUTE, "destination", "route"),
    ROUTE_REROUTED("net.route.rerouted", Of.ROUTE, "destination", "route"),
    ROUTE_PINNED("net.route.pinned", Of.ROUTE, "destination", "route"),
    ROUTE_NONE("net.route.none", "destination", "where"),
    ROUTE_BLACKHOLE("net.route.blackhole", Cites.setting("network.serviceCIDR"), "destination",
            "where"),
    NOT_FORWARDING("net.route.not-forwarding", Cites.sysctl("destination", "net.ipv4.ip_forward",
            "net.ipv6.conf.all.forwarding"), "destination", "where"),
    SOURCE_OK("net.source.ok", Of.RP_FILTER, "source", "device"),
    SOURCE_IS_OWN("net.source.own-address", Cites.holder("source"), "source", "device", "expected",
            "where"),
    SOURCE_STRICT("net.source.strict", Of.RP_FILTER, "source", "device", "expected", "where"),
    SOURCE_LOOSE("net.source.loose", Of.RP_FILTER, "source", "device"),
    SOURCE_UNROUTED("net.source.unrouted", Of.RP_FILTER, "source", "device", "where"),
    /** Rules sent it elsewhere, and its source cannot leave. */
    SOURCE_STAYS("net.source.stays", "source", "device"),
    SOURCE_MARTIAN("net.source.martian", "source", "where"),
    DESTINATION_MARTIAN("net.destination.martian", "destination", "where"),
    TTL_EXCEEDED("net.ttl.exceeded"),
    TOO_BIG("net.mtu.too-big", Of.IMPAIRED, "length", "mtu", "device"),
    BRIDGE_TO_PORT("net.bridge.to-port", "bridge", "from", "to"),
    BRIDGE_UP("net.bridge.up", "bridge", "port"),
    BRIDGE_FLOOD("net.bridge.flood", "bridge"),
    BRIDGE_NO_HAIRPIN("net.bridge.no-hairpin", Of.HAIRPIN, "bridge", "port"),
    BRIDGE_NO_PORT("net.bridge.no-port", "bridge"),
    BRIDGE_DNATED("net.bridge.dnated", Of.BRIDGE_NF, "bridge", "destination"),
    BRIDGE_DNAT_ROUTED("net.bridge.dnat-routed", Of.BRIDGE_NF, "bridge", "destination", "device"),
    BRIDGE_PROMISCUOUS("net.bridge.promiscuous", Of.HAIRPIN, "bridge"),
    NEIGHBOUR_KNOWN("net.neighbour.known", "address"),
    NEIGHBOUR_WAIT("net.neighbour.wait", "address"),
    NEIGHBOUR_FAILED("net.neighbour.failed", Of.GONE, "address"),
    NEIGHBOUR_QUEUE_FULL("net.neighbour.queue-full", "address"),
    TRANSMITTED("net.transmitted", "device"),
    LINK_LOST("net.link.lost", Of.IMPAIRED, "device"),
    LINK_DOWN("net.link.down", Of.FAILED, "device"),
    DELIVERED("net.delivered", "socket"),
    DELIVERED_ICMP("net.delivered.icmp", "socket", "kind"),
    SOCKET_FULL("net.socket-full", "socket"),
    NO_SOCKET_RESET("net.no-socket.reset", Of.LISTENERS, "where", "source", "port"),
    NO_SOCKET_UNREACHABLE("net.no-socket.unreachable", Of.LISTENERS, "where", "source", "port"),
    NO_SOCKET_SILENT("net.no-socket.silent", "where", "source"),
    WRONG_PEER_RESET("net.no-socket.wrong-peer", "where", "source", "port"),
    ICMP_RATELIMITED("net.icmp.ratelimited", Cites.sysctl("peer", "net.ipv4.icmp_ratelimit",
            "net.ipv6.icmp.ratelimit"), "kind", "peer");

    private final Wording wording;

    PathReason(String code, String... arguments) {
        this(code, Cites.NOTHING, arguments);
    }

    PathReason(String code, Cites cites, String... arguments) {
        this.wording = Wording.of(code, cites, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }

    /** What several of them rest on. */
    private static final class Of {
        static final Cites CONNECTION = arguments -> List.of(
                new Evidence.Connection(arguments.getOrDefault("entry", "")));
        static final Cites ROUTE = arguments -> List.of(
                new Evidence.Route(arguments.getOrDefault("route", "")));
        /** The greater of two is what holds ({@code IN_DEV_RPFILTER}). */
        static final Cites RP_FILTER = Cites.all(
                new Evidence.Sysctl("net.ipv4.conf.all.rp_filter"),
                new Evidence.Sysctl("net.ipv4.conf.default.rp_filter"));
        static final Cites BRIDGE_NF = Cites.sysctl("destination",
                "net.bridge.bridge-nf-call-iptables", "net.bridge.bridge-nf-call-ip6tables");
        /** kube-proxy sets the one from the other. */
        static final Cites TABLE_SIZE = Cites.all(
                new Evidence.Sysctl("net.netfilter.nf_conntrack_max"),
                new Evidence.ProxyConfig("conntrack.maxPerCore"));
        static final Cites HAIRPIN = Cites.setting("network.hairpinMode");
        static final Cites IMPAIRED = Cites.all(new Evidence.Event(List.of("impair"), ""));
        static final Cites FAILED = Cites.all(new Evidence.Event(List.of("fail"), ""));
        static final Cites GONE = arguments -> List.of(
                new Evidence.Event(List.of("delete", "kill"),
                        arguments.getOrDefault("address", "")));
        static final Cites LISTENERS = Cites.all(new Evidence.Event(List.of("stop"), ""),
                new Evidence.Here("spec.containers"));
        static final Cites POLICY = arguments -> {
            String chain = arguments.getOrDefault("chain", "");
            return List.of(new Evidence.Rule(arguments.getOrDefault("table", ""), chain,
                    "-P " + chain + " DROP"));
        };
        static final Cites VIRTUAL_SERVICE = arguments -> List.of(
                new Evidence.BalancerTarget(arguments.getOrDefault("service", ""), ""));
        static final Cites SERVER = arguments -> List.of(
                new Evidence.BalancerTarget(arguments.getOrDefault("service", ""),
                        arguments.getOrDefault("server", "")));

        private Of() {}
    }
}
