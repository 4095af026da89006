package dev.podhop.cli;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.json.RunJson;
import dev.podhop.reports.markdown.RunMarkdown;
import dev.podhop.reports.text.RunText;
import dev.podhop.reports.text.Sheet;
import dev.podhop.run.result.RunResult;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code run -o} takes: a constant a format, with what writes it. */
enum RunFormat {
    text((runs, narrator, sheet) -> each(runs, new RunText(narrator, sheet)::render)),
    json((runs, narrator, sheet) -> new RunJson(new Narrator(Explanations.english()))
            .render(runs)),
    markdown((runs, narrator, sheet) -> each(runs, new RunMarkdown(narrator)::render));

    private final Renderer renderer;

    /** Writes the results of some runs. */
    interface Renderer {
        /** @param sheet what it is written on, where lines have a width */
        String render(List<RunResult> runs, Narrator narrator, Sheet sheet);
    }

    RunFormat(Renderer renderer) {
        this.renderer = renderer;
    }

    String render(List<RunResult> runs, Narrator narrator, Sheet sheet) {
        return renderer.render(runs, narrator, sheet);
    }

    /** Whether somebody reads it where it is printed: what is assumed is told there, too. */
    boolean forReaders() {
        return this == text;
    }

    private static String each(List<RunResult> runs, Function<RunResult, String> page) {
        return runs.stream().map(page).collect(Collectors.joining("\n"));
    }
}
