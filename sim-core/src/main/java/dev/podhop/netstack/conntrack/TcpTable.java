package dev.podhop.netstack.conntrack;

import dev.podhop.packet.TcpFlags;

/**
 * The TCP tracker's transitions: {@code tcp_conntracks[dir][flags][state]} of
 * nf_conntrack_proto_tcp.c, Linux 6.18.
 *
 * <p>Columns are the states in {@link TcpState}'s order. Two letters name the next state;
 * {@code IV} is a segment that belongs to no valid history, {@code IG} one that may, so that it
 * passes without changing the state.
 */
final class TcpTable {

    /** Kinds of segment, in the order of {@code enum tcp_bit_set}. */
    static final int SYN = 0;
    static final int SYN_ACK = 1;
    static final int FIN = 2;
    static final int ACK = 3;
    static final int RST = 4;
    static final int NONE = 5;

    /** Pass, and leave the state alone: {@code sIG}. */
    static final int IGNORE = 10;
    /** {@code sIV}. */
    static final int INVALID = 11;

    private static final String CODES = "NO SS SR ES FW CW LA TW CL S2 IG IV ";
    private static final int STATES = 10;
    private static final int KINDS = 6;

    private static final String[] ORIGINAL = {
        // NO SS SR ES FW CW LA TW CL S2
        "  SS SS IG IG IG IG IG SS SS S2", // SYN: new, or again after the connection ended
        "  IV IV SR IV IV IV IV IV IV SR", // SYN-ACK: only in a simultaneous open
        "  IV IV FW FW LA LA LA TW CL IV", // FIN
        "  ES IV ES ES CW CW TW TW CL IV", // ACK; without an entry: picked up in midstream
        "  IV CL CL CL CL CL CL CL CL CL", // RST
        "  IV IV IV IV IV IV IV IV IV IV", // none of these flags
    };

    private static final String[] REPLY = {
        // NO SS SR ES FW CW LA TW CL S2
        "  IV S2 IV IV IV IV IV SS IV S2", // SYN: simultaneous, or the server changed roles
        "  IV SR IG IG IG IG IG IG IG SR", // SYN-ACK
        "  IV IV FW FW LA LA LA TW CL IV", // FIN
        "  IV IG SR ES CW CW TW TW CL IG", // ACK; in SYN_SENT perhaps a challenge
        "  IV CL CL CL CL CL CL CL CL CL", // RST
        "  IV IV IV IV IV IV IV IV IV IV", // none of these flags
    };

    private static final byte[] NEXT = new byte[2 * KINDS * STATES];

    private static final int ALL_FLAGS = 0x1f;
    private static final byte[] KIND_OF_FLAGS = new byte[ALL_FLAGS + 1];

    static {
        for (int flags = 0; flags <= ALL_FLAGS; flags++) {
            KIND_OF_FLAGS[flags] = kindOf(flags);
        }
        parse(ORIGINAL, 0);
        parse(REPLY, KINDS * STATES);
    }

    private TcpTable() {}

    /**
     * What follows.
     *
     * @param direction 0 original, 1 reply
     * @param kind of segment, {@link #SYN} to {@link #NONE}
     * @param state ordinal of the {@link TcpState}
     * @return the next state's ordinal, {@link #IGNORE} or {@link #INVALID}
     */
    static int next(int direction, int kind, int state) {
        return NEXT[(direction * KINDS + kind) * STATES + state];
    }

    /**
     * {@code get_conntrack_index}: RST outranks SYN, SYN outranks FIN.
     *
     * @return {@link #SYN} to {@link #RST}; {@link #NONE} also for combinations that the kernel
     *     sorts out before it asks its table, as INVALID all the same ({@code tcp_valid_flags})
     */
    static int kind(int flags) {
        return KIND_OF_FLAGS[flags & ALL_FLAGS];
    }

    private static byte kindOf(int flags) {
        return switch (flags & (TcpFlags.SYN | TcpFlags.ACK | TcpFlags.FIN | TcpFlags.RST)) {
            case TcpFlags.SYN -> SYN;
            case TcpFlags.SYN_ACK -> SYN_ACK;
            case TcpFlags.FIN_ACK -> FIN;
            case TcpFlags.ACK -> ACK;
            case TcpFlags.RST, TcpFlags.RST_ACK -> RST;
            default -> NONE;
        };
    }

    private static void parse(String[] rows, int offset) {
        for (int kind = 0; kind < KINDS; kind++) {
            String[] codes = rows[kind].strip().split(" ");
            for (int state = 0; state < STATES; state++) {
                NEXT[offset + kind * STATES + state] =
                        (byte) (CODES.indexOf(codes[state] + " ") / 3);
            }
        }
    }
}
