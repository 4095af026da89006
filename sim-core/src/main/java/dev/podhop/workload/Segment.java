package dev.podhop.workload;

/** What a data segment means; stands in for its bytes in {@code Packet.segment}. */
final class Segment {

    /** No data. */
    static final int NONE = 0;
    /** A part of the request that is not its last. */
    static final int REQUEST_PART = -1;
    /** A datagram that asks. */
    static final int REQUEST = -2;
    /** Nothing but the acknowledgement of a FIN. */
    static final int FIN_ACKNOWLEDGED = -3;
    /** Nothing but the acknowledgement of an answer, which a handshake's is not. */
    static final int ANSWER_ACKNOWLEDGED = -4;
    /** Questions and answers of a protocol that servers are told of: see {@link Answering}. */
    static final int FIRST_QUESTION = -10;
    /** A connection's first request, or its last part; further ones count down from here. */
    private static final int FIRST_REQUEST = -16;
    // Positive values are answers: one more than their index in ServedLog.

    private Segment() {}

    /** Whether a datagram is a question that {@link Answering} knows the answer to. */
    static boolean isQuestion(int segment) {
        return segment <= FIRST_QUESTION && segment % 2 == 0;
    }

    static boolean isAnswer(int segment) {
        return segment > 0;
    }

    /** A connection's request by its number, from 0. */
    static int request(int number) {
        return FIRST_REQUEST - number;
    }

    static boolean isRequest(int segment) {
        return segment <= FIRST_REQUEST;
    }

    static int requestNumber(int segment) {
        return FIRST_REQUEST - segment;
    }
}
