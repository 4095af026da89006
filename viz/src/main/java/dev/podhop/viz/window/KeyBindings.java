package dev.podhop.viz.window;

import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.PlaybackViewModel.Scale;
import dev.podhop.viz.playback.PlaybackViewModel.Stride;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.Control;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;

/** What each key does. Letters typed into a field are left alone. */
final class KeyBindings {

    private final Desk desk;
    private final Map<KeyCode, Runnable> actions = new LinkedHashMap<>();
    private boolean meant;

    /** What buttons, lists, tables, sliders and tabs take themselves. */
    private static final Set<KeyCode> CONTROLS = EnumSet.of(KeyCode.SPACE, KeyCode.LEFT,
            KeyCode.RIGHT, KeyCode.UP, KeyCode.DOWN, KeyCode.HOME, KeyCode.END,
            KeyCode.PAGE_UP, KeyCode.PAGE_DOWN);

    /** Keys as the sheet shows them, in its order; the word's key is {@code keys.NAME}. */
    static final Map<String, String> SHEET = sheet();

    KeyBindings(Desk desk) {
        this.desk = desk;
        playback();
        for (Deed deed : Deed.values()) {
            actions.put(deed.code(), () -> desk.act(deed));
        }
        actions.put(KeyCode.DIGIT1, () -> bench(bench -> bench.inspect("why")));
        actions.put(KeyCode.DIGIT2, () -> bench(bench -> bench.inspect("packet")));
        actions.put(KeyCode.DIGIT3, () -> bench(bench -> bench.inspect("state")));
        actions.put(KeyCode.DIGIT4, () -> bench(bench -> bench.inspect("yaml")));
        actions.put(KeyCode.G, () -> focus("#clock"));
        actions.put(KeyCode.SLASH, () -> focus("#filter"));
        actions.put(KeyCode.PAGE_DOWN, () -> desk.turn(1));
        actions.put(KeyCode.PAGE_UP, () -> desk.turn(-1));
    }

    private void playback() {
        play(KeyCode.SPACE, each -> each.playing().set(!each.playing().get()));
        play(KeyCode.RIGHT, PlaybackViewModel::forward);
        play(KeyCode.LEFT, PlaybackViewModel::back);
        play(KeyCode.HOME, PlaybackViewModel::toStart);
        play(KeyCode.END, PlaybackViewModel::toEnd);
        actions.put(KeyCode.D, desk::nextFailure);
        play(KeyCode.L, each -> each.looping().set(!each.looping().get()));
        play(KeyCode.S, each -> each.stride()
                .set(each.stride().get() == Stride.HOP ? Stride.STEP : Stride.HOP));
        play(KeyCode.A, each -> each.scale()
                .set(each.scale().get() == Scale.EVENTS ? Scale.LINEAR : Scale.EVENTS));
        play(KeyCode.CLOSE_BRACKET, each -> each.speed().set(each.speed().get() * 2));
        play(KeyCode.OPEN_BRACKET, each -> each.speed().set(each.speed().get() / 2));
    }

    private static Map<String, String> sheet() {
        Map<String, String> sheet = new LinkedHashMap<>();
        sheet.put("Space", "play");
        sheet.put("← →", "step");
        sheet.put("S", "stride");
        sheet.put("Home End", "ends");
        sheet.put("D", "drop");
        sheet.put("[ ]", "speed");
        sheet.put("L", "loop");
        sheet.put("A", "axis");
        sheet.put("G", "goto");
        sheet.put("/", "filter");
        sheet.put("1 2 3 4", "inspect");
        sheet.put("PgUp PgDn", "chapter");
        for (Deed deed : Deed.values()) {
            sheet.put(deed.key(), deed.name().toLowerCase(Locale.ROOT));
        }
        sheet.put("Esc", "escape");
        return sheet;
    }

    private interface OnPlayback {
        void act(PlaybackViewModel playback);
    }

    private interface OnBench {
        void act(Workbench bench);
    }

    private void play(KeyCode code, OnPlayback action) {
        actions.put(code, () -> {
            PlaybackViewModel playback = desk.playback();
            if (playback != null) {
                action.act(playback);
            }
        });
    }

    private void bench(OnBench action) {
        Workbench bench = desk.bench();
        if (bench != null) {
            action.act(bench);
        }
    }

    private void focus(String selector) {
        Node field = desk.lookup(selector);
        if (field != null) {
            wanted();
            field.requestFocus();
        }
    }

    /**
     * A field that nobody went to gives the focus back: it falls to the next one when the control
     * that had it goes away, and letters would be typed there that are meant as keys.
     */
    private void keepFocus(Scene scene) {
        scene.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> wanted());
        scene.focusOwnerProperty().addListener((of, old, now) -> {
            if (now instanceof TextInputControl && !meant && desk.overlay() == null) {
                Platform.runLater(desk::requestFocus);
            }
        });
    }

    /** Somebody means the field that has the focus next. */
    private void wanted() {
        meant = true;
        Platform.runLater(() -> meant = false);
    }

    /** To the scene: when a focused button is replaced, nothing inside it has the focus. */
    void attach() {
        desk.sceneProperty().addListener((of, old, scene) -> {
            if (scene != null) {
                scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
                keepFocus(scene);
            }
        });
    }

    private void pressed(KeyEvent event) {
        if (event.getCode() == KeyCode.TAB) {
            wanted();
        }
        if (event.getCode() == KeyCode.ESCAPE) {
            desk.closeOverlay();
            event.consume();
            return;
        }
        boolean modified = event.isControlDown() || event.isAltDown() || event.isMetaDown();
        if (isTyped(event) || modified || isOwn(event)) {
            return;
        }
        boolean asks = event.getCode() == KeyCode.SLASH && event.isShiftDown();
        boolean covered = desk.overlay() != null && !desk.isAtStart();
        Runnable action = asks ? () -> desk.act(Deed.SHEET)
                : covered ? null
                : actions.get(event.getCode());
        if (action != null) {
            action.run();
            event.consume();
        }
    }

    /** Letters into a field, or into a box whose text can be edited: that has the focus itself. */
    private static boolean isTyped(KeyEvent event) {
        return event.getTarget() instanceof TextInputControl
                || event.getTarget() instanceof ComboBoxBase<?> box && box.isEditable();
    }

    /** Whoever came to a control by keyboard means that control, by the keys that controls have. */
    private boolean isOwn(KeyEvent event) {
        return event.getTarget() instanceof Control control
                && (control.isFocusVisible() || desk.overlay() != null)
                && CONTROLS.contains(event.getCode());
    }
}
