package dev.podhop.reports.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * How wide letters are: for each the widest of the usual screen fonts (Inter and DejaVu Sans; in
 * {@link Face#MONO} all letters of JetBrains Mono and DejaVu Sans Mono are alike), in hundredths of
 * the size. The same on every machine, and no text is wider than said here by much.
 */
public final class Letters {

    /** The smallest size that anything is written in. */
    public static final double SMALL = 11;
    /** From the middle of a line to that of the next, in sizes. */
    public static final double LINE = 1.2;

    private static final int FIRST = ' ';
    private static final double IDEOGRAPH = 1.05;
    private static final double OTHER = 1.05;
    private static final double MONO = 0.605;
    private static final int[] PLAIN = {32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 46,
        32, 36, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 73,
        77, 63, 59, 77, 75, 29, 54, 66, 56, 89, 75, 79, 63, 79, 69, 64, 64, 74, 68, 99, 69, 66,
        69, 39, 36, 39, 84, 50, 50, 61, 63, 56, 63, 62, 36, 63, 63, 28, 28, 58, 28, 97, 63, 61,
        63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 54, 64, 34, 64, 84};
    private static final int[] BOLD = {35, 46, 52, 84, 70, 100, 87, 31, 46, 46, 56, 84, 38, 47,
        38, 39, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40, 84, 84, 84, 58, 103, 77, 76, 75,
        83, 68, 68, 82, 84, 37, 57, 77, 64, 100, 84, 85, 73, 85, 77, 72, 68, 81, 77, 110, 77, 72,
        73, 46, 39, 46, 84, 50, 50, 67, 72, 59, 72, 68, 44, 72, 71, 34, 34, 67, 34, 104, 71, 69,
        72, 72, 49, 60, 48, 71, 65, 92, 65, 65, 58, 71, 41, 71, 84};
    /** Behind these a name may go on in the next line. */
    private static final String SEAMS = "-./:_> ";

    private Letters() {}

    /** Which letters. */
    public enum Face {
        PLAIN,
        BOLD,
        MONO
    }

    /** How wide a text is. */
    public static double width(String text, Face face, double size) {
        double width = 0;
        for (int i = 0; i < text.length(); i++) {
            width += em(text.charAt(i), face);
        }
        return width * size;
    }

    private static double em(char letter, Face face) {
        if (isIdeograph(letter)) {
            return IDEOGRAPH;
        }
        if (face == Face.MONO && letter < 0x2E80) {
            return letter == '→' ? 0.9 : MONO;
        }
        int[] table = face == Face.BOLD ? BOLD : PLAIN;
        int at = letter - FIRST;
        return at >= 0 && at < table.length ? table[at] / 100.0 : letter == '·' ? 0.38 : OTHER;
    }

    /** Whether a text needs a font with Chinese letters. */
    public static boolean isChinese(String text) {
        return text.chars().anyMatch(letter -> isIdeograph((char) letter));
    }

    private static boolean isIdeograph(char letter) {
        return letter >= 0x2E80;
    }

    /** The text in lines that are no wider, broken at its seams where it has some. */
    public static List<String> wrap(String text, Face face, double size, double width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (width(rest, face, size) > width && rest.length() > 1) {
            int fits = 1;
            while (fits < rest.length()
                    && width(rest.substring(0, fits + 1), face, size) <= width) {
                fits++;
            }
            int seam = seam(rest, fits);
            lines.add(rest.substring(0, seam).stripTrailing());
            rest = rest.substring(seam).stripLeading();
        }
        if (!rest.isEmpty() || lines.isEmpty()) {
            lines.add(rest);
        }
        return lines;
    }

    private static int seam(String text, int fits) {
        for (int i = fits; i > fits / 3 && i > 1; i--) {
            if (SEAMS.indexOf(text.charAt(i - 1)) >= 0 || isIdeograph(text.charAt(i - 1))) {
                return i;
            }
        }
        return fits;
    }

    /** The narrowest width, of those from {@code least} on, at which a text takes so few lines. */
    public static double widthFor(String text, Face face, double size, int lines, double least) {
        double width = least;
        while (wrap(text, face, size, width).size() > lines) {
            width += 4;
        }
        return width;
    }
}
