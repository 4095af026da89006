package dev.podhop.reports.picture;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of a picture in a language. */
public final class PictureWords {

    private static final String BUNDLE = "dev.podhop.reports.picture";

    private final Locale language;
    private final ResourceBundle bundle;

    private PictureWords(Locale language) {
        this.language = language;
        // Without the fallback to the machine's own language: pictures are the same everywhere.
        this.bundle = ResourceBundle.getBundle(BUNDLE, language,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The words of a language, English where there are none. */
    public static PictureWords in(Locale language) {
        return new PictureWords(language);
    }

    /** The text of a key, with {0}, {1} filled in. */
    public String get(String key, Object... values) {
        String text = bundle.getString(key);
        // As strings: languages group the digits of numbers, each in its own way.
        Object[] strings = Arrays.stream(values).map(String::valueOf).toArray();
        return new MessageFormat(text, language).format(strings);
    }
}
