package dev.podhop.trace;

import java.util.List;

/**
 * A kind of reason, known at compile time: an enum's constant beside the code that gives it. The
 * sentence for its code stands in the reports' resource bundle, whose test finds every enum that
 * implements this: a reason without a sentence, or a sentence without a reason, fails the build.
 */
public interface Reason {

    /** Key of the sentence: dotted, lower case. */
    String code();

    /** Names of the arguments that are always there, for {@code {name}} in the sentence. */
    List<String> arguments();
}
