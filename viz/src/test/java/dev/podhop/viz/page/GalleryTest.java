package dev.podhop.viz.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.picture.Level;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.recording.RecordingLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The gallery has every scenario, and is as small and as new as it says. */
class GalleryTest {

    private static final Path GALLERY = Path.of("../docs/gallery");
    private static final int MOST = 3_000_000;

    @Test
    void everyScenarioStandsInItOnceAndNothingElse() throws IOException {
        List<Path> scenarios = Gallery.scenarios(Path.of("../scenarios"));
        String page = Files.readString(GALLERY.resolve("README.md"));
        TreeSet<String> heads = Pattern.compile("(?m)^## (.*)$").matcher(page).results()
                .map(each -> each.group(1)).collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> shown = Pattern.compile("\\]\\(([^)]*\\.svg)\\)").matcher(page).results()
                .map(each -> each.group(1)).collect(Collectors.toCollection(TreeSet::new));

        assertThat(scenarios).hasSameSizeAs(Recordings.allShipped());
        assertThat(heads).containsExactlyElementsOf(new TreeSet<>(scenarios.stream()
                .map(Gallery::name).toList()));
        long bytes = 0;
        TreeSet<String> there = new TreeSet<>();
        try (Stream<Path> files = Files.list(GALLERY)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
                there.add(file.getFileName().toString());
            }
        }
        there.remove("README.md");
        assertThat(there).isEqualTo(shown);
        assertThat(bytes).isLessThan(MOST);
    }

    /** The command of the page writes them anew. */
    @Test
    void whatStandsThereIsWhatWouldBeDrawnNow() throws IOException {
        var recording = Recordings.of(Recordings.shipped("01-lb-loopback"),
                RecordingLoader.TRACED_ATTEMPTS);

        assertThat(Gallery.picture(recording, Level.PLAIN, Locale.ENGLISH)).isEqualTo(
                Files.readString(GALLERY.resolve("01-lb-loopback-plain-en.svg")));
        assertThat(Gallery.picture(recording, Level.PLAIN, Locale.SIMPLIFIED_CHINESE)).isEqualTo(
                Files.readString(GALLERY.resolve("01-lb-loopback-plain-zh.svg")));
        assertThat(Gallery.picture(recording, Level.KERNEL, Locale.ENGLISH)).isEqualTo(
                Files.readString(GALLERY.resolve("01-lb-loopback-kernel-en.svg")));
    }
}
