package dev.podhop.viz.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.viz.Recordings;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** Nothing needs a mouse: what Tab does not reach has a key on the sheet. */
@ExtendWith(ApplicationExtension.class)
class KeyboardTest {

    /** Controls that Tab leaves out, and the key that does what they do. */
    private static final Map<String, String> BY_KEY = Map.of("to-start", "ends", "back", "step",
            "play", "play", "forward", "step", "to-end", "ends", "next-drop", "drop", "loop",
            "loop", "stride", "stride", "scale", "axis", "speed", "speed");

    private Desk desk;

    @Start
    void start(Stage stage) {
        desk = new Desk(new Look(Palette.LIGHT, ViewerWords.in(Locale.ENGLISH)), Runnable::run);
        stage.setScene(new Scene(desk, 1280, 860));
        stage.show();
    }

    private void open(String folder) throws Exception {
        Platform.runLater(() -> desk.open(Request.of(Recordings.shipped(folder))));
        WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS,
                () -> desk.lookup("#workbench") != null);
        Platform.runLater(desk::requestFocus);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void controls(Node node, List<Node> found) {
        if (!node.isVisible()) {
            return;
        }
        boolean acts = node instanceof ButtonBase || node instanceof ComboBoxBase<?>
                || node instanceof TextInputControl || node instanceof Slider
                || node instanceof ListView<?> || node instanceof TableView<?>
                || node instanceof TabPane;
        if (acts) {
            found.add(node);
        }
        // What is inside a box or a field is the box's own affair.
        boolean inside = acts && !(node instanceof TabPane);
        if (!inside && node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> controls(child, found));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"01-lb-loopback", "04-source-address"})
    void everyControlIsReachedByTabOrHasAKey(String folder) throws Exception {
        open(folder);
        FxRobot robot = new FxRobot();
        Set<Node> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < 60; i++) {
            robot.type(KeyCode.TAB);
            Node owner = desk.getScene().getFocusOwner();
            if (owner != null) {
                assertThat(owner.isFocusVisible()).as("focus shows on " + owner).isTrue();
                reached.add(owner);
            }
        }
        List<Node> controls = new ArrayList<>();
        controls(desk, controls);

        assertThat(controls).hasSizeGreaterThan(12).allSatisfy(control -> {
            boolean byTab = reached.contains(control);
            boolean byKey = KeyBindings.SHEET.containsValue(
                    BY_KEY.getOrDefault(String.valueOf(control.getId()), "none"));
            assertThat(byTab || byKey || control.isDisabled())
                    .as("a way by keyboard to " + control).isTrue();
        });
    }

    @Test
    void aControlThatWasComeToByKeyboardTakesItsKeys(FxRobot robot) throws Exception {
        open("01-lb-loopback");
        for (int i = 0; i < 60 && !isOn("lesson-next"); i++) {
            robot.type(KeyCode.TAB);
        }
        assertThat(isOn("lesson-next")).isTrue();
        robot.type(KeyCode.SPACE);

        assertThat(robot.lookup(".lesson-number").queryAs(Label.class).getText())
                .startsWith("Chapter 2");
        assertThat(desk.playback().playing().get()).isFalse();
    }

    private boolean isOn(String id) {
        Node owner = desk.getScene().getFocusOwner();
        return owner != null && id.equals(owner.getId());
    }

    @Test
    void theCursorsRowNarrowsTheListByKeyboard(FxRobot robot) throws Exception {
        open("04-source-address");
        robot.type(KeyCode.HOME, KeyCode.M);
        WaitForAsyncUtils.waitForFxEvents();
        robot.type(KeyCode.DOWN, KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(desk.playback().shown().filter().get()).isNotEmpty();
    }
}
