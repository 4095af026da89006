package dev.podhop.viz;

import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import dev.podhop.viz.window.Look;
import dev.podhop.viz.window.Session;
import dev.podhop.viz.window.Workbench;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javafx.application.Platform;
import javafx.scene.Scene;

/** Writes pictures without a window, a screen, or a display server. */
final class Rendering {

    private final ViewCommand asked;
    private final Recording recording;

    Rendering(ViewCommand asked, Recording recording) {
        this.asked = asked;
        this.recording = recording;
    }

    void write(Path file) throws IOException, InterruptedException {
        headless();
        CompletableFuture<BufferedImage> picture = new CompletableFuture<>();
        Platform.startup(() -> {
            try {
                picture.complete(picture());
            } catch (RuntimeException broken) {
                picture.completeExceptionally(broken);
            }
        });
        try {
            Pictures.write(picture.get(), file);
        } catch (ExecutionException broken) {
            throw new IllegalStateException("the picture could not be drawn", broken.getCause());
        } finally {
            Platform.exit();
        }
    }

    /** JavaFX's own headless platform, painted by the processor. */
    private static void headless() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
        Main.quiet();
    }

    private BufferedImage picture() {
        Look look = new Look(
                asked.theme == ViewCommand.Theme.dark ? Palette.DARK : Palette.LIGHT,
                Words.in(Locale.forLanguageTag(asked.language)));
        look.apply();
        Session session = new Session(recording, Runnable::run, Runnable::run);
        Workbench bench = new Workbench(session, look, asked.width());
        Scene scene = Pictures.scene(bench, asked.width(), asked.height());
        asked.atNanos().ifPresentOrElse(session.playback()::seek, session.playback()::toEnd);
        return Pictures.of(scene);
    }
}
