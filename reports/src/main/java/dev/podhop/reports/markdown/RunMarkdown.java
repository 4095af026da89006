package dev.podhop.reports.markdown;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.ResultPhrase;
import dev.podhop.run.result.FailureCause;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.ResultCount;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.expect.Check;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run as a page: what {@link dev.podhop.reports.text.RunText} prints, for a repository or a wiki
 * to keep.
 */
public final class RunMarkdown {

    private final Narrator narrator;

    public RunMarkdown(Narrator narrator) {
        this.narrator = narrator;
    }

    /** The whole text. */
    public String render(RunResult run) {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(Plain.text(run.scenario())).append("\n\n").append(narrator
                .say(ResultPhrase.PAGE_SEED, run.seed(), Amounts.duration(run.endNanos())))
                .append('\n');
        run.flows().forEach(flow -> flow(page, flow));
        if (!run.checks().isEmpty()) {
            page.append("\n## ").append(narrator.say(ResultPhrase.PAGE_CHECKS)).append("\n\n");
            head(page, ResultPhrase.HEAD_VERDICT, ResultPhrase.HEAD_OF, ResultPhrase.HEAD_EXPECTED,
                    ResultPhrase.HEAD_FOUND);
            row(page, "---", "---", "---", "---");
            run.checks().forEach(check -> check(page, check));
        }
        return page.toString();
    }

    private void flow(StringBuilder page, FlowResult flow) {
        int n = flow.attempts();
        String attempts = narrator.say(n == 1 ? ResultPhrase.ATTEMPT : ResultPhrase.ATTEMPTS, n);
        page.append("\n## ").append(Plain.text(flow.flow())).append("\n\n")
                .append(Plain.text(narrator.say(ResultPhrase.PAGE_FLOW, flow.from(), flow.to(),
                        flow.protocol(), attempts)))
                .append("\n\n");
        head(page, ResultPhrase.HEAD_ATTEMPTS, ResultPhrase.HEAD_SHARE, ResultPhrase.HEAD_OUTCOME,
                ResultPhrase.HEAD_ENDPOINT, ResultPhrase.HEAD_SOURCE);
        row(page, "---:", "---:", "---", "---", "---");
        for (ResultCount result : flow.results()) {
            data(page, String.valueOf(result.count()),
                    Amounts.percent(result.count(), flow.attempts()),
                    result.key().outcome().name(), result.key().endpoint(),
                    result.key().source());
        }
        for (FailureCause cause : flow.failures()) {
            page.append("\n- ").append(Plain.text(narrator.say(ResultPhrase.PAGE_CAUSE,
                    cause.attempts(), cause.outcome(), narrator.text(cause.why()))));
        }
        page.append(flow.failures().isEmpty() ? "" : "\n");
    }

    private void check(StringBuilder page, Check check) {
        String verdict = switch (check.status()) {
            case PASSED -> small(ResultPhrase.MET);
            case FAILED -> "**" + small(ResultPhrase.NOT_MET) + "**";
            case NOT_CHECKED -> small(ResultPhrase.NOT_CHECKED);
        };
        row(page, verdict, Plain.text(check.subject()), Plain.text(check.statement()),
                Plain.text(narrator.text(check.why())));
    }

    private void head(StringBuilder page, ResultPhrase... titles) {
        row(page, Arrays.stream(titles).map(this::small).toArray(String[]::new));
    }

    /** Capitals serve a terminal, which has nothing else to mark a head with. */
    private String small(ResultPhrase phrase) {
        return narrator.say(phrase).toLowerCase(Locale.ROOT);
    }

    /** A row of results. */
    private static void data(StringBuilder page, @Nullable String... cells) {
        row(page, Arrays.stream(cells).map(cell -> cell == null ? "" : Plain.text(cell))
                .toArray(String[]::new));
    }

    /** A row of a table of GitHub's Markdown. */
    private static void row(StringBuilder page, String... cells) {
        page.append('|');
        for (String cell : cells) {
            page.append(' ').append(cell).append(" |");
        }
        page.append('\n');
    }
}
