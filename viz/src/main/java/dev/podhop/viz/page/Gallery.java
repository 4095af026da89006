package dev.podhop.viz.page;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.out.NewFiles;
import dev.podhop.reports.picture.Level;
import dev.podhop.reports.picture.Svg;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.topology.TopologyViewModel;
import dev.podhop.workload.AttemptResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Pictures of a folder's scenarios, each at the moment that tells most, and a page of them. */
public final class Gallery {

    private static final double WIDTH = 960;
    private static final double HEIGHT = 540;
    /** Scenarios stand in folders of their own below the one that is named. */
    private static final int DEPTH = 2;

    /** A picture: a level, in a language. */
    private record Cut(Level level, Locale language) {

        String name() {
            return level.name().toLowerCase(Locale.ROOT) + "-" + language.getLanguage() + ".svg";
        }
    }

    private static final List<Cut> CUTS = List.of(new Cut(Level.PLAIN, Locale.ENGLISH),
            new Cut(Level.KERNEL, Locale.ENGLISH),
            new Cut(Level.PLAIN, Locale.SIMPLIFIED_CHINESE));

    private final Narrator narrator = new Narrator(Explanations.english());
    private final NewFiles files = new NewFiles();
    private final Path folder;
    private final StringBuilder page = new StringBuilder();

    /** Runs a scenario. */
    @FunctionalInterface
    public interface Runner {
        /** The run of a file, recorded. */
        Recording run(Path file) throws BrokenFile;
    }

    /** @param folder where the pictures go, and {@code README.md} */
    public Gallery(Path folder) {
        this.folder = folder;
    }

    /** The scenarios below a folder, in the order of their names. */
    public static List<Path> scenarios(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below, DEPTH)) {
            List<Path> yaml = all.filter(file -> file.toString().endsWith(".yaml")).sorted()
                    .toList();
            for (Path file : yaml) {
                if (!Files.isReadable(file)) {
                    throw new IOException(file + " cannot be read");
                }
            }
            return yaml.stream().filter(Gallery::isScenario).toList();
        }
    }

    private static boolean isScenario(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.anyMatch("kind: Scenario"::equals);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Draws all scenarios below a folder.
     *
     * @throws BrokenFile where one of them cannot be run; then nothing is written
     */
    public void draw(Path below, Runner runner) throws IOException, BrokenFile {
        page.append("# Gallery\n\nEvery scenario at the moment that decides its most telling"
                + " attempt, in plain words and as the kernel has it. Made by\n"
                + "`podhop view scenarios --gallery docs/gallery`.\n");
        for (Path file : scenarios(below)) {
            add(name(file), runner.run(file));
        }
        files.add(folder.resolve("README.md"), NewFiles.text(page.toString()));
        files.place();
    }

    /** {@code 14-lb-rolling-update-nlb}; a folder's main scenario has the folder's name. */
    static String name(Path file) {
        String own = file.getFileName().toString().replaceAll("\\.yaml$", "");
        Path folder = file.toAbsolutePath().getParent();
        return (folder == null ? "" : folder.getFileName() + "")
                + (own.equals("scenario") ? "" : "-" + own);
    }

    private void add(String name, Recording recording) throws IOException {
        page.append("\n## ").append(name).append("\n\n");
        AttemptResult attempt = recording.attempts().stream()
                .filter(each -> each.attempt() == recording.mostTelling()).findFirst()
                .orElse(null);
        if (attempt == null) {
            page.append("No attempt.\n");
            return;
        }
        page.append(attempt.client()).append(" to ").append(attempt.remote()).append(" (`")
                .append(attempt.flow()).append("`): **").append(attempt.outcome()).append("**. ")
                .append(recording.diagnosis(attempt.attempt()).map(Diagnosis::what)
                        .map(narrator::text).orElse(""))
                .append("\n\n");
        for (Cut cut : CUTS) {
            String picture = name + "-" + cut.name();
            files.add(folder.resolve(picture), NewFiles.text(picture(recording, cut.level(),
                    cut.language())));
            page.append("![").append(name).append(", ").append(cut.level().name()
                    .toLowerCase(Locale.ROOT)).append("](").append(picture).append(")\n");
        }
    }

    /** The drawing at the hop that decided the attempt that tells most. */
    static String picture(Recording recording, Level level, Locale language) {
        ShownViewModel shown = new ShownViewModel(recording);
        shown.followed().set(recording.mostTelling());
        PlaybackViewModel playback = new PlaybackViewModel(recording, shown);
        TopologyViewModel topology = new TopologyViewModel(playback);
        topology.speak(language);
        topology.level().set(level);
        topology.fit(WIDTH, HEIGHT);
        playback.select(recording.decision(recording.mostTelling()));
        return Svg.file(topology.drawing());
    }
}
