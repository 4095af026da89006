package dev.podhop.netstack;

import dev.podhop.trace.Explanation;

/** Why the kernel's network stack did something. The sentences live in the reports' bundles. */
public enum PathReason {
    RECEIVED("net.received"),
    RECEIVED_FROM_LOOPBACK("net.received.loopback"),
    SENT_BY_SOCKET("net.sent"),
    ICMP_ERROR_MADE("net.icmp.made"),
    RESET_MADE("net.reset.made"),
    ARP_ASKED("net.arp.asked"),
    ARP_ANSWERED("net.arp.answered"),
    ARP_PROXIED("net.arp.proxied"),
    ARP_LEARNED("net.arp.learned"),
    ARP_NOT_OURS("net.arp.not-ours"),
    FRAME_FOR_OTHER("net.frame.other-host"),
    CT_NEW("net.ct.new"),
    CT_NEW_REPEATED("net.ct.new.repeated"),
    CT_ESTABLISHED("net.ct.established"),
    CT_RELATED("net.ct.related"),
    CT_INVALID("net.ct.invalid"),
    CT_TABLE_FULL("net.ct.table-full"),
    CT_INSERT_FAILED("net.ct.insert-failed"),
    CT_NO_FREE_PORT("net.ct.no-free-port"),
    RULES_MATCHED("net.rules.matched"),
    RULES_DROP("net.rules.drop"),
    RULES_REJECT("net.rules.reject"),
    RULES_ROUTE_VIA("net.rules.route-via"),
    DNAT("net.nat.dnat"),
    SNAT("net.nat.snat"),
    MASQUERADE("net.nat.masquerade"),
    UNDO_DNAT("net.nat.undo-dnat"),
    UNDO_SNAT("net.nat.undo-snat"),
    NAT_REPEATED("net.nat.repeated"),
    NAT_PORT_CLASH("net.nat.port-clash"),
    NAT_ICMP("net.nat.icmp"),
    ROUTE_LOCAL("net.route.local"),
    ROUTE_FORWARD("net.route.forward"),
    ROUTE_OUTPUT("net.route.output"),
    ROUTE_REROUTED("net.route.rerouted"),
    ROUTE_PINNED("net.route.pinned"),
    ROUTE_NONE("net.route.none"),
    ROUTE_BLACKHOLE("net.route.blackhole"),
    NOT_FORWARDING("net.route.not-forwarding"),
    SOURCE_OK("net.source.ok"),
    SOURCE_IS_OWN("net.source.own-address"),
    SOURCE_STRICT("net.source.strict"),
    SOURCE_LOOSE("net.source.loose"),
    SOURCE_MARTIAN("net.source.martian"),
    DESTINATION_MARTIAN("net.destination.martian"),
    TTL_EXCEEDED("net.ttl.exceeded"),
    TOO_BIG("net.mtu.too-big"),
    BRIDGE_TO_PORT("net.bridge.to-port"),
    BRIDGE_UP("net.bridge.up"),
    BRIDGE_FLOOD("net.bridge.flood"),
    BRIDGE_NO_HAIRPIN("net.bridge.no-hairpin"),
    BRIDGE_NO_PORT("net.bridge.no-port"),
    BRIDGE_DNATED("net.bridge.dnated"),
    BRIDGE_DNAT_ROUTED("net.bridge.dnat-routed"),
    BRIDGE_PROMISCUOUS("net.bridge.promiscuous"),
    NEIGHBOUR_KNOWN("net.neighbour.known"),
    NEIGHBOUR_WAIT("net.neighbour.wait"),
    NEIGHBOUR_FAILED("net.neighbour.failed"),
    NEIGHBOUR_QUEUE_FULL("net.neighbour.queue-full"),
    TRANSMITTED("net.transmitted"),
    LINK_LOST("net.link.lost"),
    LINK_DOWN("net.link.down"),
    DELIVERED("net.delivered"),
    DELIVERED_ICMP("net.delivered.icmp"),
    NO_SOCKET_RESET("net.no-socket.reset"),
    NO_SOCKET_UNREACHABLE("net.no-socket.unreachable"),
    NO_SOCKET_SILENT("net.no-socket.silent"),
    WRONG_PEER_RESET("net.no-socket.wrong-peer"),
    ICMP_RATELIMITED("net.icmp.ratelimited");

    private final String code;

    PathReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** The reason with its arguments, name and value in turn. */
    public Explanation with(String... namesAndValues) {
        return Explanation.of(code, namesAndValues);
    }
}
