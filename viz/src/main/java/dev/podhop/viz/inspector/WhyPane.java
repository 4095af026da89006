package dev.podhop.viz.inspector;

import dev.podhop.scenario.evidence.Cited;
import dev.podhop.viz.inspector.WhyStep.Remark;
import dev.podhop.viz.inspector.WhyStep.When;
import java.util.Locale;
import java.util.function.IntConsumer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The steps of the hop, with their reasons. */
final class WhyPane extends VBox {

    private final WhyViewModel model;
    private final IntConsumer openLine;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final Label verdict = new Label();
    private final VBox steps = new VBox();
    private final ScrollPane scroll = new ScrollPane(steps);

    /**
     * A pane.
     *
     * @param openLine shows a row of the files
     */
    WhyPane(WhyViewModel model, IntConsumer openLine) {
        this.model = model;
        this.openLine = openLine;
        setId("why");
        getStyleClass().add("why");
        title.getStyleClass().add("why-title");
        subtitle.getStyleClass().addAll("why-subtitle", "mono");
        verdict.getStyleClass().add("why-verdict");
        for (Label each : new Label[] {title, subtitle, verdict}) {
            each.setWrapText(true);
            each.setMinHeight(USE_PREF_SIZE);
        }
        steps.getStyleClass().add("why-steps");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(title, subtitle, verdict, scroll);
        model.playback().stops().addListener((of, old, now) -> show());
        show();
    }

    private void show() {
        title.setText(model.title());
        subtitle.setText(model.subtitle());
        verdict.setText(model.verdict());
        boolean decided = !verdict.getText().isEmpty();
        verdict.setVisible(decided);
        verdict.setManaged(decided);
        steps.getChildren().clear();
        Node current = null;
        for (WhyStep step : model.steps()) {
            Node card = card(step);
            steps.getChildren().add(card);
            if (step.when() == When.NOW) {
                current = card;
            }
        }
        Node shown = current;
        if (shown != null) {
            // After the cards have their places.
            Platform.runLater(() -> reveal(shown));
        }
    }

    private void reveal(Node card) {
        double all = steps.getHeight() - scroll.getViewportBounds().getHeight();
        if (all > 0) {
            double middle = card.getBoundsInParent().getCenterY()
                    - scroll.getViewportBounds().getHeight() / 2;
            scroll.setVvalue(Math.clamp(middle / all, 0, 1));
        }
    }

    private Node card(WhyStep step) {
        Label stage = new Label(step.stage());
        stage.getStyleClass().add("stage");
        Label what = new Label(step.what());
        what.getStyleClass().add("what");
        HBox head = new HBox(stage, what);
        head.getStyleClass().add("head");
        VBox card = new VBox(head);
        for (Remark remark : step.remarks()) {
            card.getChildren().add(wrapped(remark.sentence(), "sentence"));
            if (!remark.evidence().isEmpty()) {
                card.getChildren().add(wrapped(remark.evidence(), "evidence"));
            }
        }
        if (!step.lines().isEmpty()) {
            card.getChildren().add(links(step));
        }
        card.getStyleClass().addAll("step", step.when().name().toLowerCase(Locale.ROOT)
                .replace('_', '-'));
        if (step.bad()) {
            card.getStyleClass().add("bad");
        } else if (step.nat()) {
            card.getStyleClass().add("nat");
        }
        card.setOnMouseClicked(event -> model.playback().select(model.playback().hop().get(),
                step.number()));
        return card;
    }

    private static Label wrapped(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        if (style.equals("evidence")) {
            label.getStyleClass().add("mono");
        }
        return label;
    }

    private FlowPane links(WhyStep step) {
        FlowPane links = new FlowPane();
        links.getStyleClass().add("links");
        // A flow pane is never narrower than its widest child, and would widen all cards with it.
        links.setMinWidth(0);
        for (Cited line : step.lines()) {
            Hyperlink link = new Hyperlink(model.link(line));
            link.setWrapText(true);
            link.maxWidthProperty().bind(links.widthProperty());
            link.setOnAction(event -> {
                model.playback().select(model.playback().hop().get(), step.number());
                model.row(line).ifPresent(openLine);
            });
            links.getChildren().add(link);
        }
        return links;
    }
}
