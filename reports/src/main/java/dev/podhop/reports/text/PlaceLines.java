package dev.podhop.reports.text;

import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.scenario.evidence.Cited;
import java.util.List;

/** Where it is written what a failure rests on: a line of a file each, with what stands there. */
final class PlaceLines {

    private static final int MOST = 2;

    private final Narrator narrator;
    private final Sheet sheet;

    PlaceLines(Narrator narrator, Sheet sheet) {
        this.narrator = narrator;
        this.sheet = sheet;
    }

    /** @param said what has been said already: a place that it names is not named again */
    void add(Page page, int indent, String said, List<Cited> evidence) {
        evidence.stream().filter(cited -> cited.line() > 0 && !said.contains(cited.place()))
                .limit(sheet.all() ? Integer.MAX_VALUE : MOST)
                .forEachOrdered(cited -> page.wrapped(" ".repeat(indent), indent,
                        narrator.say(cited.byDefault() ? ResultPhrase.PLACE_OF_DEFAULT
                                : ResultPhrase.PLACE_OF, cited.place(),
                                (cited.object() + " " + cited.field()).strip())));
    }
}
