package dev.podhop.packet;

/** TCP flag bits (RFC 9293, 3.1) and their text as tcpdump writes it. */
public final class TcpFlags {

    public static final int FIN = 0x01;
    public static final int SYN = 0x02;
    public static final int RST = 0x04;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int SYN_ACK = SYN | ACK;
    public static final int FIN_ACK = FIN | ACK;
    public static final int PSH_ACK = PSH | ACK;
    public static final int RST_ACK = RST | ACK;

    private TcpFlags() {}

    /** {@code S}, {@code S.}, {@code R}, {@code P.}: tcpdump's order, a dot for ACK. */
    public static String text(int flags) {
        StringBuilder text = new StringBuilder(4);
        append(text, flags, FIN, 'F');
        append(text, flags, SYN, 'S');
        append(text, flags, RST, 'R');
        append(text, flags, PSH, 'P');
        append(text, flags, ACK, '.');
        return text.isEmpty() ? "none" : text.toString();
    }

    /** {@code SYN-ACK}: the flags' names as people say them. */
    public static String words(int flags) {
        return switch (flags) {
            case SYN -> "SYN";
            case SYN_ACK -> "SYN-ACK";
            case ACK -> "ACK";
            case RST, RST_ACK -> "RST";
            case FIN, FIN_ACK -> "FIN";
            case PSH_ACK -> "DATA";
            default -> text(flags);
        };
    }

    private static void append(StringBuilder text, int flags, int bit, char letter) {
        if ((flags & bit) != 0) {
            text.append(letter);
        }
    }
}
