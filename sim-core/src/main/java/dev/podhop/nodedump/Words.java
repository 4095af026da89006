package dev.podhop.nodedump;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines cut into words, and numbers written one way. */
final class Words {

    private static final Pattern HEX = Pattern.compile("0x0*([0-9a-fA-F]+)");

    private Words() {}

    /** Words at blanks; what stands in quotes is one, and keeps them. */
    static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && quoted && i + 1 < line.length()) {
                word.append(c).append(line.charAt(++i));
            } else if (c == '"') {
                quoted = !quoted;
                word.append(c);
            } else if (!quoted && Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
            } else {
                word.append(c);
            }
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** Hexadecimal numbers without leading zeros. */
    static String hex(String text) {
        return HEX.matcher(text).replaceAll(
                m -> Matcher.quoteReplacement("0x" + m.group(1).toLowerCase(Locale.ROOT)));
    }

    static boolean isQuoted(String word) {
        return word.startsWith("\"");
    }
}
