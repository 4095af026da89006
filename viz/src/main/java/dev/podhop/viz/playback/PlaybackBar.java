package dev.podhop.viz.playback;

import dev.podhop.viz.playback.PlaybackViewModel.Scale;
import dev.podhop.viz.playback.PlaybackViewModel.Stride;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;

/** The buttons, the clock, the speed, the attempt that is followed, the filter. */
public final class PlaybackBar extends FlowPane {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    /** Powers of two on either side of real steps. */
    private static final double SPEED_RANGE = 4;

    private final PlaybackViewModel model;
    private final AttemptsViewModel attempts;
    private final ViewerWords words;

    /**
     * A bar.
     *
     * @param menu stands first
     * @param nextFailure goes to the next drop in view, else to the next failure of the run
     */
    public PlaybackBar(PlaybackViewModel model, AttemptsViewModel attempts, ViewerWords words,
            Node menu, Runnable nextFailure) {
        this.model = model;
        this.attempts = attempts;
        this.words = words;
        getStyleClass().add("playback-bar");
        HBox moves = new HBox(6, button("to-start", "|◀", model::toStart),
                button("back", "◀|", model::back), play(),
                button("forward", "|▶", model::forward),
                button("to-end", "▶|", model::toEnd),
                button("next-drop", "✖▶", nextFailure), loop());
        HBox shown = new HBox(6, follow(), failedOnly(), filter());
        HBox ways = new HBox(6, stride(), scale(), speed(), clock());
        for (HBox each : List.of(moves, ways, shown)) {
            each.setAlignment(Pos.CENTER_LEFT);
        }
        getChildren().addAll(menu, moves, ways, shown);
        setRowValignment(VPos.CENTER);
        Label wrong = new Label();
        wrong.setId("filter-problem");
        wrong.getStyleClass().add("filter-problem");
        wrong.textProperty().bind(model.shown().problem());
        wrong.visibleProperty().bind(model.shown().problem().isNotEmpty());
        wrong.managedProperty().bind(wrong.visibleProperty());
        getChildren().add(wrong);
    }

    private ToggleButton failedOnly() {
        ToggleButton failed = new ToggleButton(words.get("bar.failed-only"));
        failed.setId("failed-only");
        failed.setMinWidth(USE_PREF_SIZE);
        failed.selectedProperty().bindBidirectional(model.shown().failedOnly());
        failed.setTooltip(new Tooltip(words.get("bar.failed-only.tip")));
        return failed;
    }

    private Button button(String id, String sign, Runnable action) {
        Button button = new Button(sign);
        button.setId(id);
        button.setTooltip(new Tooltip(words.get("bar." + id)));
        button.setAccessibleText(words.get("bar." + id));
        button.setMinWidth(USE_PREF_SIZE);
        button.setFocusTraversable(false);
        button.setOnAction(event -> action.run());
        return button;
    }

    private ToggleButton play() {
        ToggleButton play = new ToggleButton();
        play.setId("play");
        play.getStyleClass().add("accent");
        play.textProperty().bind(Bindings.when(model.playing()).then("❚❚")
                .otherwise("▶"));
        play.selectedProperty().bindBidirectional(model.playing());
        play.setFocusTraversable(false);
        play.setMinWidth(USE_PREF_SIZE);
        play.setTooltip(new Tooltip(words.get("bar.play.tip")));
        return play;
    }

    private ToggleButton loop() {
        ToggleButton loop = new ToggleButton("⟳");
        loop.setId("loop");
        loop.setFocusTraversable(false);
        loop.selectedProperty().bindBidirectional(model.looping());
        loop.setTooltip(new Tooltip(words.get("bar.loop")));
        return loop;
    }

    private ToggleButton stride() {
        ToggleButton stride = new ToggleButton();
        stride.setId("stride");
        stride.setFocusTraversable(false);
        stride.setMinWidth(USE_PREF_SIZE);
        stride.textProperty().bind(Bindings.when(stride.selectedProperty())
                .then(words.get("bar.stride.step")).otherwise(words.get("bar.stride.hop")));
        stride.setSelected(model.stride().get() == Stride.STEP);
        stride.selectedProperty().addListener((of, old, now) -> model.stride()
                .set(now ? Stride.STEP : Stride.HOP));
        model.stride().addListener((of, old, now) -> stride.setSelected(now == Stride.STEP));
        stride.setTooltip(new Tooltip(words.get("bar.stride.tip")));
        return stride;
    }

    private ToggleButton scale() {
        ToggleButton scale = new ToggleButton();
        scale.setId("scale");
        scale.setFocusTraversable(false);
        scale.setMinWidth(USE_PREF_SIZE);
        scale.textProperty().bind(Bindings.when(scale.selectedProperty())
                .then(words.get("bar.scale.linear")).otherwise(words.get("bar.scale.events")));
        scale.setSelected(model.scale().get() == Scale.LINEAR);
        scale.selectedProperty().addListener((of, old, now) -> model.scale()
                .set(now ? Scale.LINEAR : Scale.EVENTS));
        model.scale().addListener((of, old, now) -> scale.setSelected(now == Scale.LINEAR));
        scale.setTooltip(new Tooltip(words.get("bar.scale.tip")));
        return scale;
    }

    private HBox speed() {
        Slider slider = new Slider(-SPEED_RANGE, SPEED_RANGE, 0);
        slider.setId("speed");
        slider.setPrefWidth(64);
        slider.setFocusTraversable(false);
        Label label = new Label();
        label.setMinWidth(34);
        label.textProperty().bind(Bindings.createStringBinding(
                () -> model.speed().get() >= 1 ? "×" + Math.round(model.speed().get())
                        : "×1/" + Math.round(1 / model.speed().get()),
                model.speed()));
        slider.valueProperty().addListener(
                (of, old, now) -> model.speed().set(Math.pow(2, Math.round(now.doubleValue()))));
        model.speed().addListener((of, old, now) -> slider
                .setValue(Math.log(now.doubleValue()) / Math.log(2)));
        HBox box = new HBox(slider, label);
        box.getStyleClass().add("speed");
        return box;
    }

    /** The time; what is typed here is gone to. */
    private TextField clock() {
        TextField clock = new TextField();
        clock.setId("clock");
        clock.setPrefWidth(114);
        clock.setTooltip(new Tooltip(words.get("bar.clock")));
        Runnable show = () -> clock.setText(ClockText.of(model.time().get()));
        model.moves().addListener((of, old, now) -> show.run());
        clock.setOnAction(event -> {
            try {
                model.seek(clock.getText());
                clock.pseudoClassStateChanged(WRONG, false);
            } catch (IllegalArgumentException unreadable) {
                clock.pseudoClassStateChanged(WRONG, true);
            }
        });
        // What was typed and not gone to is no time.
        clock.focusedProperty().addListener((of, old, now) -> {
            if (!now) {
                clock.pseudoClassStateChanged(WRONG, false);
                show.run();
            }
        });
        show.run();
        return clock;
    }

    private ComboBox<AttemptsViewModel.Choice> follow() {
        ComboBox<AttemptsViewModel.Choice> follow = new ComboBox<>();
        follow.setId("follow");
        follow.setPrefWidth(176);
        offer(follow);
        model.shown().failedOnly().addListener((of, old, now) -> offer(follow));
        follow.setButtonCell(new Followed());
        follow.setTooltip(new Tooltip(words.get("bar.follow")));
        Runnable show = () -> follow.getItems().stream()
                .filter(each -> each.attempt() == model.shown().followed().get()).findFirst()
                .ifPresent(follow::setValue);
        model.shown().followed().addListener((of, old, now) -> show.run());
        follow.valueProperty().addListener((of, old, now) -> {
            if (now != null) {
                // Of a large cluster ARP would be most of what is seen; the box says so.
                if (now.attempt() == ShownViewModel.ALL
                        && model.shown().followed().get() != ShownViewModel.ALL
                        && model.shown().filter().get().isBlank()) {
                    model.shown().filter().set("!arp");
                }
                model.shown().followed().set(now.attempt());
            }
        });
        show.run();
        return follow;
    }

    private void offer(ComboBox<AttemptsViewModel.Choice> follow) {
        AttemptsViewModel.Choice chosen = follow.getValue();
        follow.getItems().setAll(attempts.choices(words.get("bar.follow.all"),
                model.shown().failedOnly().get()));
        // What is followed stays so, though it may no longer be offered.
        follow.setValue(chosen);
    }

    private TextField filter() {
        TextField filter = new TextField();
        filter.setId("filter");
        filter.setPromptText(words.get("bar.filter"));
        filter.setPrefWidth(134);
        filter.textProperty().bindBidirectional(model.shown().filter());
        Tooltip why = new Tooltip(words.get("bar.filter.tip"));
        filter.setTooltip(why);
        model.shown().problem().addListener((of, old, now) -> {
            filter.pseudoClassStateChanged(WRONG, !now.isEmpty());
            why.setText(now.isEmpty() ? words.get("bar.filter.tip") : now);
        });
        return filter;
    }

    /** The attempt that is followed; how it ended, once that may be told. */
    private final class Followed extends ListCell<AttemptsViewModel.Choice> {

        Followed() {
            model.covered().addListener((of, old, now) -> tell());
        }

        @Override
        protected void updateItem(AttemptsViewModel.Choice choice, boolean empty) {
            super.updateItem(choice, empty);
            tell();
        }

        private void tell() {
            AttemptsViewModel.Choice choice = getItem();
            setText(choice == null ? "" : model.covered().get() ? choice.name() : choice.words());
        }
    }
}
