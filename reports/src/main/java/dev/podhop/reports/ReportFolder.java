package dev.podhop.reports;

import dev.podhop.reports.json.RunJson;
import dev.podhop.reports.markdown.RunMarkdown;
import dev.podhop.reports.out.NewFiles;
import dev.podhop.run.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A folder that keeps what came out of a command: {@code report.md} in the reader's language, and
 * {@code result.json}, which programs read, in English.
 */
public final class ReportFolder {

    private final Narrator narrator;

    public ReportFolder(Narrator narrator) {
        this.narrator = narrator;
    }

    /**
     * Writes the files, both or neither, into a folder that is made where there is none.
     *
     * @throws IOException if one of them cannot be written
     */
    public void write(Path folder, List<RunResult> runs) throws IOException {
        RunMarkdown markdown = new RunMarkdown(narrator);
        String page = runs.stream().map(markdown::render).collect(Collectors.joining("\n"));
        String data = new RunJson(new Narrator(Explanations.english())).render(runs);
        NewFiles files = new NewFiles();
        files.add(folder.resolve("report.md"), NewFiles.text(page));
        files.add(folder.resolve("result.json"), NewFiles.text(data));
        files.place();
    }
}
