package dev.podhop.workload;

import dev.podhop.trace.Explanation;
import java.util.function.LongConsumer;

/**
 * What servers answer to questions whose answers differ, as those of DNS do. A question's segment
 * is even and at most {@link #FIRST_QUESTION}; its answer's is one less.
 */
public interface Answering {

    /** The segment of question 0; question n has 2n less. */
    int FIRST_QUESTION = Segment.FIRST_QUESTION;

    /** Answers nothing: such a question is lost on every server. */
    Answering NOTHING = new Answering() {
        @Override
        public void answer(String endpoint, int attempt, int question, LongConsumer then) {
            then.accept(SILENT);
        }

        @Override
        public Explanation why(int answer) {
            return Explanation.NONE;
        }

        @Override
        public int questions(int attempt) {
            return 0;
        }

        @Override
        public void reset() {
            // Nothing is known.
        }
    };

    /** Instead of a delay: no answer will come. */
    long SILENT = -1;

    /**
     * A question has reached a server.
     *
     * @param endpoint the server, as outcomes name it
     * @param then told, now or once others have told the server, after how many nanoseconds it
     *        answers, or {@link #SILENT}
     */
    void answer(String endpoint, int attempt, int question, LongConsumer then);

    /** What the trace says of an answer that is sent. */
    Explanation why(int answer);

    /** Questions that an attempt has asked. */
    int questions(int attempt);

    /** Forgets what is under way. */
    void reset();
}
