package dev.podhop.viz.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.viz.Recordings;
import dev.podhop.viz.export.ExportViewModel.Form;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.PlaybackViewModel.Stride;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The whole window, on JavaFX's headless platform, by keys and mouse. */
@ExtendWith(ApplicationExtension.class)
class DeskTest {

    private static final Path HAIRPIN = Recordings.shipped("01-lb-loopback");

    private Desk desk;

    @Start
    void start(Stage stage) {
        desk = new Desk(new Look(Palette.LIGHT, ViewerWords.in(Locale.ENGLISH)),
                Executors.newSingleThreadExecutor(task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                }));
        stage.setScene(new Scene(desk, 980, 860));
        stage.show();
    }

    @BeforeEach
    void open() {
        Platform.runLater(() -> desk.open(Request.of(HAIRPIN)));
        await(() -> desk.lookup("#workbench") != null);
        Platform.runLater(desk::requestFocus);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void await(Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(30, TimeUnit.SECONDS, condition);
        } catch (Exception late) {
            throw new AssertionError("it did not come to that", late);
        }
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Reads on the thread that writes. */
    private static <T> T ask(Callable<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                answer.complete(question.call());
            } catch (Exception wrong) {
                answer.completeExceptionally(wrong);
            }
        });
        return answer.join();
    }

    private PlaybackViewModel playback() {
        return Objects.requireNonNull(desk.playback());
    }

    private int hop() {
        return ask(() -> playback().hop().get());
    }

    private void tab(FxRobot robot, String title) {
        robot.clickOn(title);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test
    void aLessonOpensAtItsFirstChapterAndTurns(FxRobot robot) {
        String first = robot.lookup(".lesson-title").queryAs(Label.class).getText();
        assertThat(first).isEqualTo("As it should be: the request");

        robot.clickOn("#lesson-next");
        robot.type(KeyCode.PAGE_DOWN, KeyCode.PAGE_DOWN);
        await(() -> robot.lookup(".lesson-title").queryAs(Label.class).getText()
                .equals("Your guess"));

        robot.clickOn("#answer-1");
        assertThat(robot.lookup("#lesson-reply").queryAs(Label.class).getText())
                .startsWith("Yes.");
    }

    @Test
    void aChapterThatNeedsOtherSettingsRunsThem(FxRobot robot) {
        Platform.runLater(() -> desk.openChapter(7));

        await(() -> ask(() -> desk.playback() != null && playback().recording().request()
                .settings().contains("loadBalancer.clientIP=snat")));
        assertThat(robot.lookup(".lesson-title").queryAs(Label.class).getText())
                .startsWith("Fix 2");
    }

    @Test
    void keysMoveForwardBackAndToTheDrop(FxRobot robot) {
        robot.type(KeyCode.HOME);
        int first = hop();
        robot.type(KeyCode.RIGHT, KeyCode.RIGHT);
        int third = hop();
        robot.type(KeyCode.LEFT);
        int second = hop();
        assertThat(first).isLessThan(second);
        assertThat(second).isLessThan(third);

        robot.type(KeyCode.S, KeyCode.RIGHT);
        assertThat(ask(() -> playback().stride().get())).isEqualTo(Stride.STEP);
        robot.type(KeyCode.PAGE_DOWN, KeyCode.PAGE_DOWN, KeyCode.D);
        assertThat(ask(() -> playback().recording().visit(playback().hop().get()).reason()))
                .isEqualTo("NO_SOCKET");
    }

    @Test
    void playingMovesAndPausing(FxRobot robot) {
        robot.type(KeyCode.HOME);
        int before = hop();
        robot.type(KeyCode.CLOSE_BRACKET, KeyCode.CLOSE_BRACKET, KeyCode.CLOSE_BRACKET);
        robot.clickOn("#play");
        await(() -> hop() > before + 1);
        robot.clickOn("#play");
        int stopped = hop();
        WaitForAsyncUtils.sleep(200, TimeUnit.MILLISECONDS);
        assertThat(hop()).isEqualTo(stopped);
    }

    @Test
    void aTimeIsTypedAndGoneTo(FxRobot robot) {
        robot.type(KeyCode.G);
        TextField clock = robot.lookup("#clock").queryAs(TextField.class);
        robot.interact(() -> clock.setText("1.5ms"));
        robot.clickOn("#clock").type(KeyCode.ENTER);

        assertThat(ask(() -> playback().time().get())).isEqualTo(1_500_000);
    }

    @Test
    void aFilterThinsTheListAndSelectingARowMovesTheCursor(FxRobot robot) {
        tab(robot, "Events");
        robot.clickOn("#filter").write("namespace==edge");
        TableView<?> events = robot.lookup("#events").queryAs(TableView.class);
        assertThat(events.getItems()).isNotEmpty()
                .allMatch(row -> row.toString().contains("where=edge"));

        robot.interact(() -> events.getSelectionModel().select(1));
        assertThat(ask(() -> playback().recording().visit(playback().hop().get()).place()))
                .isEqualTo("edge");
    }

    @Test
    void theTopologyAndTheLanesAreClickedInto(FxRobot robot) {
        robot.type(KeyCode.HOME);
        int before = hop();
        Region lanes = robot.lookup("#lanes").queryAs(Region.class);
        robot.clickOn(lanes);
        int after = hop();
        assertThat(after).isNotEqualTo(before);

        Region topology = robot.lookup("#topology").queryAs(Region.class);
        robot.clickOn(topology);
        assertThat(ask(() -> playback().recording().visit(playback().hop().get()).place()))
                .isNotEmpty();
    }

    @Test
    void theInspectorsTabsShowStateAndFile(FxRobot robot) {
        robot.type(KeyCode.PAGE_DOWN, KeyCode.DIGIT3);
        ListView<?> state = robot.from(robot.lookup("#state").queryAll()).lookup(".list-view")
                .queryAs(ListView.class);
        await(() -> ask(() -> !state.getItems().isEmpty()));

        robot.type(KeyCode.DIGIT1);
        Hyperlink link = robot.lookup(".links .hyperlink").queryAs(Hyperlink.class);
        robot.interact(link::fire);
        assertThat(robot.lookup("#yaml").queryAs(ListView.class).isVisible()).isTrue();
    }

    @Test
    void aQuestionIsAskedAndAnswered(FxRobot robot) {
        robot.type(KeyCode.HOME, KeyCode.P);
        assertThat(ask(() -> playback().secret().get())).isTrue();
        Button answer = robot.lookup("#quiz-answer-0").queryAs(Button.class);
        robot.interact(answer::fire);
        assertThat(ask(() -> playback().secret().get())).isFalse();
    }

    @Test
    void languageAndThemeChangeInPlace(FxRobot robot) {
        int before = hop();
        robot.type(KeyCode.Z);
        assertThat(robot.lookup("#lesson-next").queryAs(Button.class).getText())
                .isEqualTo("下一章 ▶");
        robot.type(KeyCode.T);
        assertThat(desk.lookup("#workbench").getStyleClass()).contains("dark");
        assertThat(hop()).isEqualTo(before);
        robot.type(KeyCode.Z, KeyCode.T);
    }

    @Test
    void aSettingIsTriedBesideTheFirstRun(FxRobot robot) {
        Platform.runLater(() -> {
            playback().shown().followed().set(playback().recording().mostTelling());
            desk.tryOut(List.of("loadBalancer.clientIP=snat"));
        });
        await(() -> ask(() -> desk.lookup("#compare") != null));

        assertThat(robot.lookup(".compare-table .better").queryAll()).hasSize(2)
                .allMatch(cell -> ((Label) cell).getText().startsWith("▲"));
        assertThat(robot.lookup(".compare-table .worse").queryAll()).as("a fix is no harm")
                .isEmpty();
        assertThat(robot.lookup(".parting .worse").queryAll()).as("before").hasSize(1);
        assertThat(robot.lookup(".parting .better").queryAll()).as("after").hasSize(1);
        robot.type(KeyCode.C);
        await(() -> ask(() -> desk.lookup("#lesson") != null));
    }

    @Test
    void whatTheCommandAsksForIsWhereTheWindowStands(FxRobot robot) {
        CursorPlace place = new CursorPlace(OptionalInt.empty(), OptionalInt.empty(),
                Optional.of("strict#2"), "!arp", Optional.of("namespace==edge"),
                OptionalLong.empty(), Optional.of("packet"));
        Platform.runLater(() -> desk.open(new Opening(Request.of(HAIRPIN),
                Optional.of(Request.of(HAIRPIN).and(List.of("loadBalancer.clientIP=snat"))),
                place)));
        await(() -> ask(() -> desk.lookup("#compare") != null));

        assertThat(ask(() -> playback().recording().visit(playback().hop().get()).place()))
                .isEqualTo("edge");
        assertThat(ask(() -> {
            int attempt = playback().shown().followed().get();
            return playback().recording().flow(attempt);
        })).isEqualTo("strict");
        assertThat(robot.lookup("#filter").queryAs(TextField.class).getText()).isEqualTo("!arp");
        assertThat(robot.lookup("#packet").query().getParent().isVisible()).isTrue();
    }

    @Test
    void anAttemptThatIsNotThereIsToldWithThoseThatAre(FxRobot robot) {
        CursorPlace place =
                new CursorPlace(OptionalInt.empty(), OptionalInt.empty(), Optional.of("lop"), "",
                        Optional.empty(), OptionalLong.empty(), Optional.empty());
        Platform.runLater(
                () -> desk.open(new Opening(Request.of(HAIRPIN), Optional.empty(), place)));
        await(() -> ask(() -> desk.lookup("#broken") != null));

        assertThat(robot.lookup("#broken-lines").queryAs(TextArea.class).getText())
                .contains("lop").contains("loop, strict, fixed");
    }

    @Test
    void cancellingEndsTheRunAndShowsWhatWasThere(FxRobot robot) {
        int before = hop();
        // A hundred million calls: nobody would see the end of that.
        Platform.runLater(() -> desk.tryOut(
                List.of("timeline[0].send.count=100000000", "timeline[0].send.every=1us")));
        await(() -> ask(() -> desk.lookup("#cancel") != null));
        robot.clickOn("#cancel");

        await(() -> ask(() -> desk.lookup("#workbench") != null));
        assertThat(hop()).isEqualTo(before);
        // The background has but one thread: it is free again.
        Platform.runLater(() -> desk.open(Request.of(HAIRPIN)));
        await(() -> ask(() -> desk.lookup("#workbench") != null));
    }

    @Test
    void aModeThatIsNoMoreIsToldAndLeadsBack(FxRobot robot) {
        Platform.runLater(() -> desk.tryOut(List.of("kubeProxy.mode=userspace")));
        await(() -> ask(() -> desk.lookup("#broken") != null));

        assertThat(robot.lookup("#broken-lines").queryAs(TextArea.class).getText())
                .contains("userspace").contains("iptables");
        robot.clickOn("#broken-back");
        assertThat(ask(() -> desk.lookup("#workbench") != null)).isTrue();
    }

    @Test
    void theKeySheetLiesOverEverything(FxRobot robot) {
        robot.press(KeyCode.SHIFT).type(KeyCode.SLASH).release(KeyCode.SHIFT);
        assertThat(robot.lookup("#key-sheet").tryQuery()).isPresent();
        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup("#key-sheet").tryQuery()).isEmpty();
    }

    private void export(FxRobot robot, String pane, Form form, Path to) {
        robot.type(KeyCode.E);
        robot.interact(() -> {
            choose(robot, "#export-pane", pane);
            choose(robot, "#export-form", form);
            robot.lookup("#export-to").queryAs(TextField.class).setText(to.toString());
            robot.lookup("#export-frames").queryAs(TextField.class).setText("5");
            robot.lookup("#export-size").queryAs(TextField.class).setText("640x400");
        });
        robot.clickOn("#export-save");
    }

    @SuppressWarnings("unchecked")
    private static <T> void choose(FxRobot robot, String box, T value) {
        ((ComboBox<T>) robot.lookup(box).queryAs(ComboBox.class)).setValue(value);
    }

    private static String told(FxRobot robot) {
        return robot.lookup("#export-told").queryAs(Label.class).getText();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "topology", "events", "lanes", "inspector", "lesson"})
    void aPictureOfAnyPaneIsSaved(String pane, @TempDir Path folder) throws IOException {
        FxRobot robot = new FxRobot();
        Path picture = folder.resolve("picture.png");
        export(robot, pane, Form.PICTURE, picture);
        await(() -> told(robot).equals(picture.toString()));

        assertThat(ImageIO.read(picture.toFile()).getWidth()).isGreaterThan(200);
        robot.type(KeyCode.ESCAPE);
        assertThat(robot.lookup("#export").tryQuery()).isEmpty();
    }

    @Test
    void aSpanOfTimeIsFilmedWhileTheWindowStaysAlive(FxRobot robot, @TempDir Path folder)
            throws IOException {
        robot.type(KeyCode.HOME);
        int before = hop();
        Path film = folder.resolve("film.gif");
        export(robot, "topology", Form.ANIMATION, film);
        await(() -> told(robot).equals(film.toString()));
        var reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(ImageIO.createImageInputStream(film.toFile()));
        assertThat(reader.getNumImages(true)).isEqualTo(5);
        robot.type(KeyCode.ESCAPE);

        Path frames = folder.resolve("frames");
        export(robot, "", Form.FRAMES, frames);
        await(() -> told(robot).equals(frames.toString()));
        assertThat(Files.list(frames)).hasSize(5);
        // It was filmed elsewhere: the window's own cursor did not move.
        assertThat(hop()).isEqualTo(before);
    }

    @Test
    void aFilmIsCancelledAndAMistakeIsTold(FxRobot robot, @TempDir Path folder) {
        export(robot, "", Form.FRAMES, folder.resolve("wrong.gif"));
        assertThat(told(robot)).contains(".gif");
        robot.interact(() -> {
            robot.lookup("#export-to").queryAs(TextField.class)
                    .setText(folder.resolve("long").toString());
            robot.lookup("#export-frames").queryAs(TextField.class).setText("2000");
        });
        robot.clickOn("#export-save");
        await(() -> Files.exists(folder.resolve("long/frame-0002.png")));
        robot.clickOn("#export-close");
        await(() -> !robot.lookup("#export-save").queryAs(Button.class).isDisabled());
        assertThat(folder.resolve("long/frame-2000.png")).doesNotExist();
    }

    @Test
    void aBrokenFileShowsWhatIsWrongAndWhere(FxRobot robot) {
        Platform.runLater(
                () -> desk.open(Request.of(Path.of("src/test/resources/broken.yaml"))));
        await(() -> ask(() -> desk.lookup("#broken") != null));

        assertThat(robot.lookup("#broken-lines").queryAs(TextArea.class).getText())
                .contains("broken.yaml:5:").contains("seeed").doesNotContain("Exception");
    }
}
