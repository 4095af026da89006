package dev.podhop.reports.markdown;

import dev.podhop.reports.Amounts;
import dev.podhop.reports.Narrator;
import dev.podhop.run.Check;
import dev.podhop.run.FailureCause;
import dev.podhop.run.FlowResult;
import dev.podhop.run.ResultCount;
import dev.podhop.run.RunResult;
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
        page.append("# ").append(run.scenario()).append("\n\nSeed ").append(run.seed()).append(", ")
                .append(Amounts.duration(run.endNanos())).append(" of virtual time.\n");
        run.flows().forEach(flow -> flow(page, flow));
        if (!run.checks().isEmpty()) {
            page.append("\n## Expectations\n\n");
            row(page, "verdict", "of", "expected", "found");
            row(page, "---", "---", "---", "---");
            run.checks().forEach(check -> check(page, check));
        }
        return page.toString();
    }

    private void flow(StringBuilder page, FlowResult flow) {
        page.append("\n## ").append(flow.flow()).append("\n\n").append(flow.from()).append(" to ")
                .append(flow.to()).append(" over ").append(flow.protocol()).append(", ")
                .append(flow.attempts()).append(" attempts.\n\n");
        row(page, "attempts", "share", "outcome", "endpoint", "source seen");
        row(page, "---:", "---:", "---", "---", "---");
        for (ResultCount result : flow.results()) {
            row(page, String.valueOf(result.count()),
                    Amounts.percent(result.count(), flow.attempts()),
                    result.key().outcome().name(), result.key().endpoint(),
                    result.key().source());
        }
        for (FailureCause cause : flow.failures()) {
            page.append("\n- ").append(cause.attempts()).append(" x ").append(cause.outcome())
                    .append(": ").append(narrator.text(cause.why()));
        }
        page.append(flow.failures().isEmpty() ? "" : "\n");
    }

    private void check(StringBuilder page, Check check) {
        String verdict = switch (check.status()) {
            case PASSED -> "met";
            case FAILED -> "**not met**";
            case NOT_CHECKED -> "not checked";
        };
        row(page, verdict, check.subject(), check.statement(), narrator.text(check.why()));
    }

    /** A row of a table of GitHub's Markdown; a bar inside a cell would end it. */
    private static void row(StringBuilder page, @Nullable String... cells) {
        page.append('|');
        for (String cell : cells) {
            page.append(' ').append(cell == null ? "" : cell.replace("|", "\\|")).append(" |");
        }
        page.append('\n');
    }
}
