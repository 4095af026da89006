package dev.podhop.viz.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.viz.Recordings;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** What a hand does, and what must not be lost by it. */
@ExtendWith(ApplicationExtension.class)
class HandlingTest {

    private static final int SWITCHES = 30;

    private Desk desk;

    @Start
    void start(Stage recorded) {
        // TestFX keeps each event of the stage that it hands out, and an event keeps its target.
        Stage stage = new Stage();
        desk = new Desk(new Look(Palette.LIGHT, ViewerWords.in(Locale.ENGLISH)), Runnable::run);
        stage.setScene(new Scene(desk, 1280, 860));
        stage.show();
    }

    @BeforeEach
    void open() throws Exception {
        Platform.runLater(() -> desk.open(Request.of(Recordings.shipped("04-source-address"))));
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> desk.lookup("#workbench") != null);
        // The start page goes.
        Platform.runLater(desk::closeOverlay);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void lettersThatAreKeysAreTypedIntoTheWhatIfBox(FxRobot robot) {
        robot.clickOn("What if");
        ComboBox<?> box = robot.lookup("#what-if-setting").queryAs(ComboBox.class);
        robot.interact(() -> box.getEditor().clear());
        robot.interact(box::requestFocus);
        robot.type(KeyCode.N, KeyCode.E, KeyCode.T, KeyCode.Z, KeyCode.P);
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(box.getEditor().getText()).isEqualTo("netzp");
        assertThat(desk.lookup("#workbench").getStyleClass()).contains("light");
    }

    @Test
    void aQuestionOutlivesAnotherThemeAndLanguage(FxRobot robot) {
        robot.type(KeyCode.HOME, KeyCode.P);
        int hop = desk.playback().hop().get();
        robot.type(KeyCode.T, KeyCode.Z);
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(desk.playback().secret().get()).isTrue();
        assertThat(desk.playback().hop().get()).isEqualTo(hop);
        assertThat(robot.lookup("#quiz-answer-0").tryQuery()).isPresent();
    }

    @Test
    void noFieldCatchesTheFocusWhenItsOwnerGoes(FxRobot robot) {
        robot.type(KeyCode.TAB);
        robot.interact(desk::switchTheme);
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(desk.getScene().getFocusOwner()).isNotInstanceOf(TextInputControl.class);
        robot.type(KeyCode.P);
        assertThat(desk.playback().secret().get()).isTrue();
    }

    @Test
    void aTimeThatWasNotGoneToIsForgotten(FxRobot robot) {
        String before = clock(robot).getText();
        robot.type(KeyCode.G);
        robot.interact(() -> clock(robot).setText("99s"));
        robot.type(KeyCode.ESCAPE);
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(clock(robot).getText()).isEqualTo(before);
    }

    private static TextInputControl clock(FxRobot robot) {
        return robot.lookup("#clock").queryAs(TextInputControl.class);
    }

    @Test
    void thirtySwitchesDoNotPileUpWorkbenches() {
        List<WeakReference<Workbench>> benches = new ArrayList<>();
        for (int i = 0; i < SWITCHES; i++) {
            boolean theme = i % 2 == 0;
            Platform.runLater(() -> {
                if (theme) {
                    desk.switchTheme();
                } else {
                    desk.switchLanguage();
                }
                benches.add(new WeakReference<>(desk.bench()));
            });
            // A frame is shown: what was taken away is forgotten with it.
            WaitForAsyncUtils.sleep(50, TimeUnit.MILLISECONDS);
        }
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(benches).hasSize(SWITCHES);
        long left = SWITCHES;
        for (int i = 0; i < 50 && left > 1; i++) {
            // Frames go on being shown: each lets go of what the one before still painted.
            Platform.runLater(desk::requestLayout);
            System.gc();
            WaitForAsyncUtils.sleep(100, TimeUnit.MILLISECONDS);
            left = benches.stream().filter(each -> each.get() != null).count();
        }
        assertThat(left).as("the one on the desk").isEqualTo(1);
    }
}
