package dev.podhop.reports.text;

import dev.podhop.reports.Narrator;
import dev.podhop.reports.PreflightPhrase;
import dev.podhop.run.during.Losses;
import dev.podhop.run.during.PreflightReport;
import dev.podhop.run.during.PreflightReport.Row;
import dev.podhop.run.during.PreflightReport.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a rollout loses, and with which settings nothing. */
public final class PreflightText {

    private final Narrator narrator;
    private final Sheet sheet;

    public PreflightText(Narrator narrator, Sheet sheet) {
        this.narrator = narrator;
        this.sheet = sheet;
    }

    /** The whole text. */
    public String render(PreflightReport report) {
        Page page = new Page(sheet);
        page.wrapped("", 0, narrator.say(PreflightPhrase.HEAD, report.target(),
                report.replications(), report.calls()), Emphasis.TITLE);
        page.heading(narrator.say(PreflightPhrase.TODAY));
        page.table(table(List.of(report.today())));
        if (!report.tried().isEmpty()) {
            page.heading(narrator.say(PreflightPhrase.LESSER));
            page.table(table(report.tried()));
        }
        page.gap();
        Row found = report.found();
        if (found == null) {
            page.wrapped("", 0, narrator.say(PreflightPhrase.NONE), Emphasis.BAD);
            return page.toString();
        }
        Settings least = found.settings();
        page.wrapped("", 0, narrator.say(
                report.today().isLossless() ? PreflightPhrase.NOTHING : PreflightPhrase.FOUND,
                least.preStop(), least.grace(), least.minReady()), Emphasis.GOOD);
        page.wrapped("", 0, narrator.say(PreflightPhrase.SURE,
                percent(found.losses().values().stream().mapToDouble(l -> l.interval()[1]).max()
                        .orElse(1))));
        // On lines of their own, whole: they are there to be copied. Pods follow their workload.
        found.options().stream().filter(option -> option.startsWith(report.target()))
                .forEach(option -> page.line("  --set '" + option + "'"));
        return page.toString();
    }

    private TextTable table(List<Row> rows) {
        TextTable table = new TextTable().row(narrator.say(PreflightPhrase.HEAD_SETTINGS),
                narrator.say(PreflightPhrase.HEAD_FLOW), narrator.say(PreflightPhrase.HEAD_LOST),
                narrator.say(PreflightPhrase.HEAD_SHARE));
        for (Row row : rows) {
            List<String> first = new ArrayList<>(List.of(narrator.say(PreflightPhrase.SETTINGS,
                    row.settings().preStop(), row.settings().grace(), row.settings().minReady())));
            row.losses().forEach((flow, losses) -> {
                table.row(first.isEmpty() ? "" : first.removeFirst(), flow, lost(losses),
                        narrator.say(PreflightPhrase.SHARE, percent(losses.interval()[0]),
                                percent(losses.interval()[1])));
            });
        }
        return table;
    }

    /** {@code 3, 0, 2}: each replication's. */
    private static String lost(Losses losses) {
        return losses.lost().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3f %%", share * 100);
    }
}
