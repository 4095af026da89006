package dev.podhop.viz.style;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;

/** The viewer's own words in a language. What the simulator says comes from its reports. */
public final class ViewerWords {

    private static final String BUNDLE = "dev.podhop.viz.words";

    private final Locale language;
    private final ResourceBundle bundle;

    private ViewerWords(Locale language) {
        this.language = language;
        // Without the fallback to the machine's own language: pictures are the same everywhere.
        this.bundle = ResourceBundle.getBundle(BUNDLE, language,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** The words of a language, English where there are none. */
    public static ViewerWords in(Locale language) {
        return new ViewerWords(language);
    }

    public Locale language() {
        return language;
    }

    /** Whether its letters need a font of their own. */
    public boolean isChinese() {
        return language.getLanguage().equals("zh");
    }

    /** The text of a key, with {0}, {1} filled in. */
    public String get(String key, Object... values) {
        String text = bundle.getString(key);
        // As strings: languages group the digits of numbers, each in its own way.
        Object[] strings = Arrays.stream(values).map(String::valueOf).toArray();
        return new MessageFormat(text, language).format(strings);
    }
}
