package dev.podhop.viz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.picture.PacketKind;
import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.window.Look;
import dev.podhop.viz.window.Session;
import dev.podhop.viz.window.Workbench;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run of a hundred thousand hops, and two hundred packets under way at once. How long it took is
 * told, and not asserted: a busy machine is no mistake.
 */
class LargeRunTest {

    private static final int SEEKS = 200;
    private static final int FRAMES = 120;

    /** The first scenario, with more calls: 3600 of them, all traced. */
    private static Recording large(Path folder) throws IOException {
        String text = Files.readString(Recordings.shipped("01-lb-loopback"))
                .replace("count: 300, every: 10ms", "count: 1200, every: 5ms")
                .replaceAll("(?s)  expect:.*", "");
        Path file = folder.resolve("large.yaml");
        Files.writeString(file, text);
        return Recordings.of(file, 1200);
    }

    @Test
    void aHundredThousandHopsOpenAndSeek(@TempDir Path folder) throws IOException {
        long begin = System.nanoTime();
        Recording recording = large(folder);
        long loaded = System.nanoTime();
        assertThat(recording.size()).isGreaterThan(100_000);

        Fx.call(() -> {
            Look look = new Look(Palette.LIGHT, ViewerWords.in(Locale.ENGLISH));
            look.apply();
            Session session = Recordings.session(recording);
            session.shown().followed().set(-1);
            Scene scene = Pictures.scene(
                    new Workbench(session, look, 1920, Workbench.Actions.NONE), 1920, 1080);
            Pictures.of(scene);
            long shown = System.nanoTime();
            long worst = 0;
            for (int i = 0; i < SEEKS; i++) {
                long start = System.nanoTime();
                session.playback().seek(recording.endNanos() / SEEKS * (i * 37 % SEEKS));
                worst = Math.max(worst, System.nanoTime() - start);
            }
            System.out.printf("large run: %d hops, loaded in %d ms, shown in %d ms, seek %.1f ms"
                    + " on average, %.1f ms at worst%n", recording.size(),
                    (loaded - begin) / 1_000_000, (shown - loaded) / 1_000_000,
                    (System.nanoTime() - shown) / 1e6 / SEEKS, worst / 1e6);
            return null;
        });
    }

    @Test
    void aFilterRunsInTheBackgroundAndTheLastOneWins(@TempDir Path folder) throws IOException {
        Recording recording = large(folder);
        Deque<Runnable> background = new ArrayDeque<>();
        ShownViewModel shown = new ShownViewModel(recording, background::add, Runnable::run);
        List<Integer> told = new ArrayList<>();
        shown.hops().addListener((of, old, now) -> told.add(now.length));

        shown.filter().set("syn");
        shown.filter().set("icmp");
        shown.filter().set("rst");
        assertThat(told).isEmpty();
        assertThat(shown.hops().get()).hasSize(recording.size());
        long begin = System.nanoTime();
        background.forEach(Runnable::run);
        System.out.printf("a filter over %d hops, in the background: %d ms%n", recording.size(),
                (System.nanoTime() - begin) / 1_000_000);

        assertThat(told).hasSize(1);
        assertThat(shown.hops().get()).isNotEmpty();
        assertThat(Arrays.stream(shown.hops().get()).mapToObj(recording::visit))
                .allMatch(visit -> visit.kind() == PacketKind.RST);
    }

    @Test
    void aFrameWithTwoHundredPackets(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("crowd.yaml");
        // Wires so long that each holds many packets at once.
        Files.writeString(file, Files.readString(Recordings.shipped("01-lb-loopback"))
                .replace("gateway: 10.0.0.1/24",
                        "gateway: 10.0.0.1/24\n    latency: {node: 40ms}")
                .replace("count: 300, every: 10ms", "count: 300, every: 250us")
                .replaceAll("(?s)  expect:.*", ""));
        Recording recording = Recordings.of(file, 300);
        Session session = Recordings.session(recording);
        session.shown().followed().set(-1);
        long full = 0;
        int most = 0;
        for (long time = 0; time < 2_000_000_000L; time += 250_000) {
            int[] count = {0};
            recording.flights().at(time, hop -> true, (from, to, share) -> count[0]++);
            if (count[0] > most && count[0] <= 200) {
                most = count[0];
                full = time;
            }
        }
        assertThat(most).isGreaterThan(150);
        long at = full;
        String told = Fx.call(() -> {
            Look look = new Look(Palette.LIGHT, ViewerWords.in(Locale.ENGLISH));
            look.apply();
            Scene scene = Pictures.scene(
                    new Workbench(session, look, 1920, Workbench.Actions.NONE), 1920, 1080);
            WritableImage screen = new WritableImage(1920, 1080);
            long start = 0;
            long work = 0;
            for (int i = 0; i < FRAMES; i++) {
                if (i == FRAMES / 4) {
                    start = System.nanoTime(); // what came before has warmed up
                    work = processorNanos();
                }
                session.playback().seek(at + i);
                scene.snapshot(screen);
            }
            double frames = FRAMES - FRAMES / 4;
            return "%.1f ms of processor time, %.1f ms by the clock".formatted(
                    (processorNanos() - work) / 1e6 / frames,
                    (System.nanoTime() - start) / 1e6 / frames);
        });
        System.out.printf("frame at 1920x1080 with %d packets in view, software-rendered: %s%n",
                most, told);
        assertThat(told).isNotEmpty();
    }

    /** What JavaFX's two threads have worked: unlike the clock, not other programs' business. */
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("JavaFX Application.*|Quantum.*"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.threadId())).sum();
    }
}
