package dev.podhop.reports;

import dev.podhop.reports.out.Shown;
import dev.podhop.trace.Explanation;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns reasons into sentences. A sentence has {@code {name}} where an argument goes, and
 * {@code {name:drop}} where the argument is itself the name of a reason, here of {@code drop.NAME},
 * whose sentence goes there. Unlike {@link java.text.MessageFormat} nothing else means anything, so
 * that rules and routes can be quoted as they are.
 */
public final class Explanations {

    private static final String BUNDLE = "dev.podhop.reports.explanations";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-zA-Z]+)(?::([a-z]+))?}");

    private final ResourceBundle sentences;

    private Explanations(ResourceBundle sentences) {
        this.sentences = sentences;
    }

    /** The sentences of a language, or English where there are none. */
    public static Explanations in(Locale language) {
        // Without the fallback to the machine's own language: the same input gives the same text.
        return new Explanations(ResourceBundle.getBundle(BUNDLE, language,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES)));
    }

    /** English. */
    public static Explanations english() {
        return in(Locale.ROOT);
    }

    /** Every code that has a sentence, in their order. */
    public SortedSet<String> codes() {
        return new TreeSet<>(sentences.keySet());
    }

    /**
     * The sentence of a code, {@code drop.NO_SOCKET}, with its places for arguments as they stand.
     */
    public String pattern(String code) {
        return sentences.getString(code);
    }

    /**
     * The reason as a sentence, and behind it that of what lies behind it; the bare code and
     * arguments where the bundle has none. A placeholder without an argument stays as it is.
     */
    public String text(Explanation why) {
        Explanation because = why.because();
        String sentence = sentence(why);
        return because == null ? sentence : join(sentence, because);
    }

    /** A whole sentence follows as it is; what a step says, which is none, says where. */
    private String join(String text, Explanation because) {
        String own = sentence(because);
        boolean whole = own.endsWith(".") || own.endsWith("。");
        String joined = sentence((whole ? Phrase.BECAUSE : Phrase.BECAUSE_THERE).of(text, own));
        Explanation deeper = because.because();
        return deeper == null ? joined : join(joined, deeper);
    }

    private String sentence(Explanation why) {
        return sentence(why.code(), why.arguments());
    }

    private String sentence(String code, Map<String, String> arguments) {
        if (!sentences.containsKey(code)) {
            return arguments.isEmpty() ? code : code + " " + arguments;
        }
        return fill(sentences.getString(code), arguments);
    }

    private String fill(String sentence, Map<String, String> arguments) {
        Matcher placeholder = PLACEHOLDER.matcher(sentence);
        return placeholder.replaceAll(match -> {
            // An argument is a name or an amount, often of somebody's file: one line, no commands.
            String value = Shown.line(arguments.getOrDefault(match.group(1), match.group()));
            String family = match.group(2);
            return Matcher.quoteReplacement(
                    family == null ? value : sentence(family + "." + value, Map.of()));
        });
    }
}
