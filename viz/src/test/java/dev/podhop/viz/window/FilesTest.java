package dev.podhop.viz.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.viz.Recordings;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Files come and go and are edited; and a window of 900 pixels says what its buttons do. */
@ExtendWith(ApplicationExtension.class)
class FilesTest {

    @TempDir
    Path folder;

    private Desk desk;
    private RecentFiles recent;
    private Stage window;

    @Start
    void start(Stage stage) {
        window = stage;
    }

    @BeforeEach
    void show() {
        recent = new RecentFiles(Optional.of(folder.resolve("state/recent")));
        Platform.runLater(() -> {
            desk = new Desk(new Look(Palette.LIGHT, ViewerWords.in(Locale.ENGLISH)), Runnable::run,
                    recent);
            window.setScene(new Scene(desk, 900, 700));
            window.show();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void await(String id) {
        try {
            WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> desk.lookup(id) != null);
        } catch (Exception late) {
            throw new AssertionError("no " + id, late);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    private Path copy(String name) throws Exception {
        String text = Files.readString(Recordings.shipped("01-lb-loopback"))
                .replace("count: 300", "count: 60").replaceAll("(?s)  expect:.*", "");
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aFileIsDroppedEditedReadAgainAndRemembered(FxRobot robot) throws Exception {
        Path file = copy("mine.yaml");
        Platform.runLater(() -> desk.dropped(List.of(file.toFile())));
        await("#workbench");
        robot.interact(() -> {
            desk.closeOverlay();
            int third = desk.playback().recording().attempts().stream()
                    .filter(each -> each.flow().equals("strict") && each.number() == 3)
                    .findFirst().orElseThrow().attempt();
            desk.playback().shown().followed().set(third);
            desk.playback().back();
        });
        long at = desk.playback().time().get();

        Files.writeString(file, Files.readString(file).replace("count: 60", "count: 50"));
        robot.type(KeyCode.R);
        WaitForAsyncUtils.waitForFxEvents();
        await("#workbench");
        var shown = desk.playback().recording()
                .attempt(desk.playback().shown().followed().get());
        assertThat(shown.flow() + "#" + shown.number()).isEqualTo("strict#3");
        assertThat(desk.playback().time().get()).isEqualTo(at);

        // A mistake is told where it is, and the mended file is read from there.
        String good = Files.readString(file);
        Files.writeString(file, good.replace("timeline:", "timelin:"));
        robot.type(KeyCode.R);
        await("#broken");
        assertThat(robot.lookup("#broken-lines").queryTextInputControl().getText())
                .contains("mine.yaml:").contains("timelin");
        Files.writeString(file, good);
        robot.clickOn("#broken-again");
        await("#workbench");
        assertThat(desk.playback().time().get()).isEqualTo(at);
        assertThat(recent.all()).containsExactly(file.toAbsolutePath().normalize());
    }

    @Test
    void aWindowWithoutAFileOffersWhatWasOpenBefore(FxRobot robot) throws Exception {
        Path file = copy("earlier.yaml");
        recent.add(file);
        recent.add(folder.resolve("gone.yaml"));
        Platform.runLater(desk::welcome);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(robot.lookup("#welcome .hyperlink").queryAll()).hasSize(1);
        robot.clickOn(file.toString());
        await("#workbench");
        assertThat(desk.playback().recording().request().file()).isEqualTo(file);
    }

    @Test
    void at900PixelsEveryButtonSaysWhatItDoes(FxRobot robot) throws Exception {
        Path file = copy("narrow.yaml");
        for (KeyCode language : List.of(KeyCode.UNDEFINED, KeyCode.Z)) {
            Platform.runLater(() -> desk.open(Request.of(file)));
            WaitForAsyncUtils.waitForFxEvents();
            await("#workbench");
            robot.interact(desk::closeOverlay);
            robot.type(language);
            WaitForAsyncUtils.waitForFxEvents();
            Set<Node> buttons = new LinkedHashSet<>();
            for (String style : List.of("button", "toggle-button", "menu-button")) {
                buttons.addAll(robot.lookup(".playback-bar ." + style).queryAll());
            }
            assertThat(buttons).hasSizeGreaterThan(9)
                    .allSatisfy(button -> {
                        Labeled said = (Labeled) button;
                        assertThat(said.lookup(".text")).isInstanceOfSatisfying(Text.class,
                                text -> assertThat(text.getText()).isEqualTo(said.getText()));
                        assertThat(said.getTooltip()).as(said.getText()).isNotNull();
                    });
        }
    }
}
