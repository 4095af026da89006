package dev.podhop.packet;

/** ICMP messages that the model sends (RFC 792, RFC 4443), by meaning rather than by number. */
public enum IcmpKind {
    NONE("none"),
    ECHO_REQUEST("echo request"),
    ECHO_REPLY("echo reply"),
    NET_UNREACHABLE("net unreachable"),
    HOST_UNREACHABLE("host unreachable"),
    PORT_UNREACHABLE("port unreachable"),
    ADMIN_PROHIBITED("admin prohibited"),
    FRAGMENTATION_NEEDED("fragmentation needed"),
    TIME_EXCEEDED("time exceeded");

    private final String words;

    IcmpKind(String words) {
        this.words = words;
    }

    /** As tcpdump says it. */
    public String words() {
        return words;
    }

    /** Errors quote the header of the packet that caused them. */
    public boolean isError() {
        return this != NONE && this != ECHO_REQUEST && this != ECHO_REPLY;
    }
}
