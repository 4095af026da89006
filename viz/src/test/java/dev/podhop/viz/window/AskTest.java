package dev.podhop.viz.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.trace.Outcome;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.ask.AskViewModel;
import dev.podhop.viz.ask.AskViewModel.Fault;
import dev.podhop.viz.ask.AskViewModel.Way;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.topology.TopologyView;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A packet from here to there, and faults, from the picture; and the way back. */
@ExtendWith(ApplicationExtension.class)
class AskTest {

    private static final Path DUMP =
            Path.of("../sim-core/src/test/resources/field/faulty.yaml");
    private static final Recording HAIRPIN = Recordings.hairpin();

    private Desk desk;

    @Start
    void start(Stage stage) {
        desk = new Desk(new Look(Palette.LIGHT, ViewerWords.in(Locale.ENGLISH)), Runnable::run);
        stage.setScene(new Scene(desk, 1280, 720));
        stage.show();
    }

    private void hairpin() {
        Platform.runLater(() -> {
            desk.show(Recordings.session(HAIRPIN));
            desk.switchLevel(); // plain: pods are large
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

    private Recording recording() {
        return desk.playback().recording();
    }

    /** A point of the picture at which a place is, by asking the model as a click does. */
    private void over(FxRobot robot, String place) {
        Region topology = robot.lookup("#topology").queryAs(Region.class);
        for (double y = 8; y < topology.getHeight(); y += 8) {
            for (double x = 8; x < topology.getWidth(); x += 8) {
                if (((TopologyView) topology).placeAt(x, y)
                        .equals(place)) {
                    robot.moveTo(topology.localToScreen(x + 4, y + 4));
                    return;
                }
            }
        }
        throw new AssertionError("no " + place + " in the picture");
    }

    @Test
    void twoClicksSendAPacketAndUndoComesBack(FxRobot robot) {
        hairpin();
        over(robot, "pod/client");
        robot.clickOn(MouseButton.SECONDARY);
        robot.clickOn("#ask-here");
        assertThat(robot.lookup("#topology-said").queryLabeled().getText())
                .contains("pod/client");
        over(robot, "lb/web");
        robot.clickOn(MouseButton.PRIMARY);
        WaitForAsyncUtils.waitForFxEvents();
        await("#odds");

        assertThat(recording().asked()).isPresent();
        assertThat(recording().asked().orElseThrow().question().to())
                .isEqualTo("service/default/web@vip:80");
        List<String> ways = new AskViewModel(desk.playback()).ways().stream().map(Way::words)
                .toList();
        assertThat(ways).anyMatch(each -> each.startsWith("✖ TimedOut  1/3"))
                .anyMatch(each -> each.startsWith("✓ Answered"));
        // What is shown is the failure: that is why somebody asks.
        assertThat(recording().attempts()).singleElement()
                .extracting(each -> each.outcome()).isEqualTo(Outcome.TimedOut);
        Node answered = robot.lookup("#odds .toggle-button")
                .match(each -> ((Labeled) each).getText().startsWith("✓")).query();
        robot.clickOn(answered);
        await("#odds");
        assertThat(recording().attempts()).singleElement()
                .extracting(each -> each.outcome()).isEqualTo(Outcome.Answered);

        robot.type(KeyCode.U);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(recording()).isSameAs(HAIRPIN);
    }

    @Test
    void aFaultIsTriedAtTheCursorsTimeAndUndone(FxRobot robot) {
        hairpin();
        robot.interact(() -> desk.playback().seek(200_000_000L));
        over(robot, "pod/web-2");
        robot.clickOn(MouseButton.SECONDARY);
        robot.clickOn("Kill pod/web-2 now");
        await("#compare");
        assertThat(desk.session().beside().orElseThrow().recording().request().settings())
                .singleElement().asString().contains("kill: pod/web-2").contains("200000us");

        // Another fault lies over the first, and each is undone by itself.
        Platform.runLater(() -> desk.tryOut(List.of("loadBalancer.clientIP=snat")));
        WaitForAsyncUtils.waitForFxEvents();
        await("#compare");
        assertThat(desk.session().beside().orElseThrow().recording().request().settings())
                .hasSize(2);
        robot.type(KeyCode.U);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(desk.session().beside().orElseThrow().recording().request().settings())
                .hasSize(1);
        robot.type(KeyCode.U);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(desk.session().beside()).isEmpty();
    }

    /** Every fault that is offered anywhere in the picture can be run. */
    @Test
    void everyFaultThatIsOfferedCanHappen() {
        for (String file : List.of("01-lb-loopback", "14-lb-rolling-update")) {
            Recording recording = Recordings.of(Recordings.shipped(file), 2);
            PlaybackViewModel playback =
                    new PlaybackViewModel(recording, new ShownViewModel(recording));
            playback.seek(1_000_000_000L);
            AskViewModel model = new AskViewModel(playback);
            for (String place : List.of(model.callers().getFirst(), "node/n1", "external/ext",
                    "lb/web", "lb/shop")) {
                for (Fault fault : model.faults(place)) {
                    assertThat(recording.scenario().set(List.of(fault.setting())))
                            .as(file + " " + fault.setting()).isPresent();
                }
            }
        }
    }

    @Test
    void aDumpOpensWithItsFindingsAndIsAsked(FxRobot robot) throws Exception {
        Platform.runLater(() -> desk.open(Request.of(DUMP)));
        await("#dump");
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS,
                () -> desk.lookup(".dump-show") != null);
        assertThat(robot.lookup("#dump-findings .dump-bad").queryAll()).hasSize(7);
        assertThat(desk.lookup("#dump-assumed")).isNotNull();

        robot.clickOn((Node) robot.lookup(".dump-show").query());
        await("#odds");
        assertThat(recording().attempts()).singleElement()
                .extracting(each -> each.outcome()).isNotEqualTo(Outcome.Answered);
        assertThat(recording().diagnosis(recording().attempts().getFirst().attempt()))
                .isPresent();
        robot.type(KeyCode.U);
        WaitForAsyncUtils.waitForFxEvents();
        robot.type(KeyCode.N);
        WaitForAsyncUtils.waitForFxEvents();
        robot.interact(() -> {
            robot.lookup("#ask-from").queryComboBox().getEditor().setText("node/nobody");
            robot.lookup("#ask-go").queryButton().fire();
        });
        await("#broken");
        assertThat(robot.lookup("#broken-lines").queryTextInputControl().getText())
                .contains("nobody").doesNotContain("Exception");
    }
}
