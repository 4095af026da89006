package dev.podhop.workload.resolver;

import dev.podhop.dns.DnsAnswer;
import dev.podhop.dns.Question;
import dev.podhop.dns.RecordType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The questions about one absolute name: asked until all are answered, or nobody will. */
abstract class Exchange {

    final Asking asking;
    final List<Question> questions;
    final Map<RecordType, DnsAnswer> answers = new EnumMap<>(RecordType.class);
    private final Consumer<Exchange> then;
    private End end = End.UNDER_WAY;

    /** How it ended. */
    enum End {
        UNDER_WAY,
        ANSWERED,
        /** Servers did not answer, or not everything. */
        SILENT,
        /** A server said that it could not find out ({@code SERVFAIL}). */
        FAILED,
        /** No server could be asked. */
        REFUSED
    }

    Exchange(Asking asking, String name, List<RecordType> types, Consumer<Exchange> then) {
        this.asking = asking;
        this.questions = types.stream().map(type -> new Question(name, type)).toList();
        this.then = then;
    }

    abstract void start();

    /** Closes and cancels whatever is open. */
    abstract void release();

    final void end(End how) {
        if (end == End.UNDER_WAY) {
            end = how;
            release();
            then.accept(this);
        }
    }

    /** Nobody waits for it any more. */
    final void abandon() {
        if (end == End.UNDER_WAY) {
            end = End.SILENT;
            release();
        }
    }

    final End end() {
        return end;
    }

    final boolean over() {
        return end != End.UNDER_WAY;
    }

    final boolean isAnswered(Question question) {
        return answers.containsKey(question.type());
    }

    final boolean allAnswered() {
        return answers.size() == questions.size();
    }
}
