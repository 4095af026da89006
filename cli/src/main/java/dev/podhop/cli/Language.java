package dev.podhop.cli;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import java.util.Locale;

/** What {@code --lang} takes. */
enum Language {
    en(Locale.ROOT),
    zh(Locale.SIMPLIFIED_CHINESE);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    Locale locale() {
        return locale;
    }

    Narrator narrator() {
        return new Narrator(explanations());
    }

    Explanations explanations() {
        return Explanations.in(locale);
    }
}
