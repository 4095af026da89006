package dev.podhop.reports.text;

import java.lang.Character.UnicodeBlock;
import java.lang.Character.UnicodeScript;
import java.util.Set;

/** How wide text is on a terminal, where a Chinese letter or sign takes two columns. */
final class Columns {

    private static final Set<UnicodeBlock> WIDE_SIGNS =
            Set.of(UnicodeBlock.CJK_SYMBOLS_AND_PUNCTUATION,
                    UnicodeBlock.HALFWIDTH_AND_FULLWIDTH_FORMS);
    /** What may not begin a line, as full stops and closing brackets. */
    private static final String CLOSING = "\u3001\u3002\uff0c\uff1a\uff1b\uff1f\uff01\uff09\u201d";
    /** What may not end one. */
    private static final String OPENING = "\uff08\u201c";

    private Columns() {}

    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    private static int of(int letter) {
        boolean wide = UnicodeScript.of(letter) == UnicodeScript.HAN
                || WIDE_SIGNS.contains(UnicodeBlock.of(letter));
        return wide ? 2 : 1;
    }

    /** The text with blanks behind it, up to a width. */
    static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** The text with a blank behind it, which a sign that takes two columns brings along. */
    static String lead(String text) {
        boolean wide = !text.isEmpty() && of(text.charAt(text.length() - 1)) == 2;
        return wide ? text : text + " ";
    }

    /**
     * Where to cut a text so that what is before fits the room: at a blank, or beside a letter that
     * takes two columns. A word longer than the room stays whole; the text's length for no cut.
     */
    static int cut(String text, int room) {
        int cut = 0;
        int width = 0;
        for (int i = 0; i < text.length(); i++) {
            if (i > 0 && mayCut(text, i) && (width <= room || cut == 0)) {
                cut = i;
            }
            width += of(text.charAt(i));
            if (width > room && cut > 0) {
                return cut;
            }
        }
        return text.length();
    }

    private static boolean mayCut(String text, int at) {
        char before = text.charAt(at - 1);
        char after = text.charAt(at);
        if (after == ' ') {
            return true;
        }
        return (of(before) == 2 || of(after) == 2) && before != ' '
                && CLOSING.indexOf(after) < 0 && OPENING.indexOf(before) < 0;
    }
}
