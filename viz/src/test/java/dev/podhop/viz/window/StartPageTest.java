package dev.podhop.viz.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.trace.Outcome;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.recording.RunKinds.Kind;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** A run says first what it came to: of 1500 calls some 240 fail, none of them an early one. */
@ExtendWith(ApplicationExtension.class)
class StartPageTest {

    private Desk desk;

    @Start
    void start(Stage stage) {
        desk = new Desk(new Look(Palette.LIGHT, ViewerWords.in(Locale.ENGLISH)), Runnable::run);
        stage.setScene(new Scene(desk, 1280, 720));
        stage.show();
    }

    /** Long to make, and nobody changes it. */
    private static final Recording ROLLOUT = Recordings.of(
            Recordings.shipped("14-lb-rolling-update").resolveSibling("nlb.yaml"),
            RecordingLoader.TRACED_ATTEMPTS);

    @BeforeEach
    void open() {
        Platform.runLater(() -> {
            desk.show(Recordings.session(ROLLOUT));
            desk.switchStart();
        });
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void aFileOpensThere() throws Exception {
        opened(Recordings.shipped("02-fix-matrix"));
        assertThat(desk.isAtStart()).isTrue();
    }

    private void opened(Path file) throws Exception {
        Platform.runLater(() -> desk.open(Request.of(file)));
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, () -> desk.lookup("#workbench") != null);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private Recording recording() {
        return desk.playback().recording();
    }

    private int followed() {
        return desk.playback().shown().followed().get();
    }

    @Test
    void theReasonStandsThereAndOneClickShowsIt(FxRobot robot) {
        ListView<?> kinds = robot.lookup("#start-kinds").queryAs(ListView.class);
        assertThat(kinds.getItems()).hasSize(recording().kinds().all().size());
        assertThat(robot.lookup("#start-summary").queryAs(Label.class).getText())
                .isEqualTo(recording().kinds().total() + " attempts, of which "
                        + recording().kinds().failed() + " failed (15.7 %)");

        robot.clickOn((javafx.scene.Node) robot.lookup(".start-outcome").lookup("✖ Refused")
                .query());
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(desk.overlay()).isNull();
        assertThat(recording().attempt(followed()).outcome()).isEqualTo(Outcome.Refused);
        assertThat(recording().decision(followed())).isEqualTo(desk.playback().hop().get());
    }

    @Test
    void onlyWhatFailedAndByKeys(FxRobot robot) {
        ListView<?> kinds = robot.lookup("#start-kinds").queryAs(ListView.class);
        int all = kinds.getItems().size();
        robot.clickOn("#start-failed-only");
        assertThat(kinds.getItems()).hasSizeLessThan(all).isNotEmpty();

        robot.interact(kinds::requestFocus);
        robot.type(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertThat(recording().attempt(followed()).outcome()).isNotEqualTo(Outcome.Answered);
        // And in the bar: no answered attempt is offered any more.
        assertThat(robot.lookup("#follow").queryComboBox().getItems())
                .noneMatch(each -> each.toString().endsWith("Answered"));
        robot.type(KeyCode.H);
        assertThat(desk.isAtStart()).isTrue();
        robot.type(KeyCode.T, KeyCode.Z);
        assertThat(desk.isAtStart()).as("theme and language leave it there").isTrue();
        robot.type(KeyCode.ESCAPE);
        assertThat(desk.isAtStart()).isFalse();
    }

    /** Hops are kept of 46 attempts; the others are run again for when their turn comes. */
    @Test
    void theNextFailureIsTheRuns(FxRobot robot) throws Exception {
        robot.type(KeyCode.ESCAPE);
        List<Integer> failed = recording().kinds().all().stream().filter(Kind::failed)
                .flatMap(kind -> recording().kinds().of(kind).stream())
                .map(each -> each.attempt()).toList();
        Recording first = recording();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 30 && recording() == first; i++) {
            robot.type(KeyCode.D);
            WaitForAsyncUtils.waitForFxEvents();
            WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS,
                    () -> desk.lookup("#workbench") != null);
            seen.add(followed());
        }
        assertThat(first.attempt(followed())).as("was not kept at first").isNull();
        assertThat(failed).containsAll(seen);
        assertThat(recording().attempt(followed()).outcome()).isNotEqualTo(Outcome.Answered);
        assertThat(recording().lost(desk.playback().hop().get())).isTrue();
        assertThat(recording().diagnosis(followed())).isPresent();
    }

    @Test
    void attemptsAreFilteredByHowTheyEndedAndWhy(FxRobot robot) {
        robot.type(KeyCode.ESCAPE);
        robot.interact(() -> {
            desk.playback().shown().followed().set(-1);
            desk.playback().shown().filter().set("outcome==Refused && !arp");
        });
        WaitForAsyncUtils.waitForFxEvents();
        int[] refused = desk.playback().shown().hops().get();
        assertThat(java.util.Arrays.stream(refused).boxed()).isNotEmpty()
                .allMatch(hop -> recording()
                        .attempt(recording().hop(hop).attempt()).outcome() == Outcome.Refused);

        String cause = recording().facts(recording().hop(refused[0]).attempt()).cause();
        robot.interact(() -> desk.playback().shown().filter().set("cause==" + cause));
        assertThat(desk.playback().shown().hops().get()).contains(refused);
    }
}
