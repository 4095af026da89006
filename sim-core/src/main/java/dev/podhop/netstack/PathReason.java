package dev.podhop.netstack;

import dev.podhop.trace.Explanation;
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
    ARP_LEARNED("net.arp.learned", "address"),
    ARP_NOT_OURS("net.arp.not-ours", "address"),
    FRAME_FOR_OTHER("net.frame.other-host", "device"),
    CT_NEW("net.ct.new", "entry"),
    /** {@code -NF_REPEAT}: a SYN on the tuple of a connection that is over. */
    CT_NEW_REPLACED("net.ct.new.replaced", "entry", "state"),
    CT_NEW_REPEATED("net.ct.new.repeated", "entry"),
    CT_ESTABLISHED("net.ct.established", "entry"),
    CT_RELATED("net.ct.related", "entry"),
    CT_INVALID("net.ct.invalid"),
    CT_TABLE_FULL("net.ct.table-full", "node", "max"),
    CT_INSERT_FAILED("net.ct.insert-failed", "node"),
    CT_NO_FREE_PORT("net.ct.no-free-port"),
    /** {@code server} is {@code ip:port}. */
    IPVS_SCHEDULED("net.ipvs.scheduled", "service", "scheduler", "server"),
    IPVS_PERSISTENT("net.ipvs.persistent", "service", "scheduler", "server"),
    IPVS_NO_SERVER("net.ipvs.no-server", "service", "scheduler", "server"),
    IPVS_SERVER_GONE("net.ipvs.server-gone", "service", "scheduler", "server"),
    IPVS_NAT("net.ipvs.nat", "from", "to"),
    IPVS_UNDO("net.ipvs.undo", "from", "to"),
    RULES_DROP("net.rules.drop"),
    RULES_REJECT("net.rules.reject"),
    CHAIN_POLICY("net.rules.policy", "chain", "table"),
    DNAT("net.nat.dnat", "from", "to"),
    SNAT("net.nat.snat", "from", "to"),
    UNDO_DNAT("net.nat.undo-dnat", "from", "to"),
    UNDO_SNAT("net.nat.undo-snat", "from", "to"),
    NAT_ICMP("net.nat.icmp", "from", "to"),
    ROUTE_LOCAL("net.route.local", "destination", "route"),
    ROUTE_FORWARD("net.route.forward", "destination", "route"),
    ROUTE_OUTPUT("net.route.output", "destination", "route"),
    ROUTE_REROUTED("net.route.rerouted", "destination", "route"),
    ROUTE_PINNED("net.route.pinned", "destination", "route"),
    ROUTE_NONE("net.route.none", "destination", "where"),
    ROUTE_BLACKHOLE("net.route.blackhole", "destination", "where"),
    NOT_FORWARDING("net.route.not-forwarding", "destination", "where"),
    SOURCE_OK("net.source.ok", "source", "device"),
    SOURCE_IS_OWN("net.source.own-address", "source", "device", "expected", "where"),
    SOURCE_STRICT("net.source.strict", "source", "device", "expected", "where"),
    SOURCE_LOOSE("net.source.loose", "source", "device"),
    SOURCE_UNROUTED("net.source.unrouted", "source", "device", "where"),
    SOURCE_MARTIAN("net.source.martian", "source", "where"),
    DESTINATION_MARTIAN("net.destination.martian", "destination", "where"),
    TTL_EXCEEDED("net.ttl.exceeded"),
    TOO_BIG("net.mtu.too-big", "length", "mtu", "device"),
    BRIDGE_TO_PORT("net.bridge.to-port", "bridge", "from", "to"),
    BRIDGE_UP("net.bridge.up", "bridge", "port"),
    BRIDGE_FLOOD("net.bridge.flood", "bridge"),
    BRIDGE_NO_HAIRPIN("net.bridge.no-hairpin", "bridge", "port"),
    BRIDGE_NO_PORT("net.bridge.no-port", "bridge"),
    BRIDGE_DNATED("net.bridge.dnated", "bridge", "destination"),
    BRIDGE_DNAT_ROUTED("net.bridge.dnat-routed", "bridge", "destination", "device"),
    BRIDGE_PROMISCUOUS("net.bridge.promiscuous", "bridge"),
    NEIGHBOUR_KNOWN("net.neighbour.known", "address"),
    NEIGHBOUR_WAIT("net.neighbour.wait", "address"),
    NEIGHBOUR_FAILED("net.neighbour.failed", "address"),
    NEIGHBOUR_QUEUE_FULL("net.neighbour.queue-full", "address"),
    TRANSMITTED("net.transmitted", "device"),
    LINK_LOST("net.link.lost", "device"),
    LINK_DOWN("net.link.down", "device"),
    DELIVERED("net.delivered", "socket"),
    DELIVERED_ICMP("net.delivered.icmp", "socket", "kind"),
    SOCKET_FULL("net.socket-full", "socket"),
    NO_SOCKET_RESET("net.no-socket.reset", "where", "source", "port"),
    NO_SOCKET_UNREACHABLE("net.no-socket.unreachable", "where", "source", "port"),
    NO_SOCKET_SILENT("net.no-socket.silent", "where", "source"),
    WRONG_PEER_RESET("net.no-socket.wrong-peer", "where", "source", "port"),
    ICMP_RATELIMITED("net.icmp.ratelimited", "kind", "peer");

    private final String code;
    private final List<String> arguments;

    PathReason(String code, String... arguments) {
        this.code = code;
        this.arguments = List.of(arguments);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    /** The reason with its arguments, name and value in turn. */
    public Explanation with(String... namesAndValues) {
        return Explanation.of(code, namesAndValues);
    }
}
