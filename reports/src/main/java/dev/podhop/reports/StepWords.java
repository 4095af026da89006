package dev.podhop.reports;

import java.util.List;

/**
 * A step in words.
 *
 * @param stage the stage of the kernel's way that it belongs to: {@code PREROUTING},
 *     {@code routing}
 * @param what the part of that stage: {@code conntrack}, {@code nat}, {@code route}
 * @param remarks what happened, in order
 */
public record StepWords(String stage, String what, List<Remark> remarks) {

    /**
     * A sentence and what it rests on.
     *
     * @param evidence as the real tool would print it: a rule, a conntrack entry; else empty
     */
    public record Remark(String sentence, String evidence) {}

    public StepWords {
        remarks = List.copyOf(remarks);
    }

    static StepWords of(String stage, String what, String sentence) {
        return of(stage, what, sentence, "");
    }

    static StepWords of(String stage, String what, String sentence, String evidence) {
        return new StepWords(stage, what, List.of(new Remark(sentence, evidence)));
    }
}
