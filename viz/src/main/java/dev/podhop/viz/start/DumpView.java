package dev.podhop.viz.start;

import dev.podhop.viz.start.StartViewModel.Finding;
import dev.podhop.viz.style.ViewerWords;
import java.util.List;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/**
 * A cluster in which nobody calls anybody: what is wrong with it, its Services to be called, and
 * what was assumed of it.
 */
final class DumpView extends ScrollPane {

    private final ViewerWords words;
    private final StartPageDoors doors;
    private final VBox findings = new VBox(6);

    DumpView(StartViewModel model, ViewerWords words, StartPageDoors doors) {
        this.words = words;
        this.doors = doors;
        setId("dump");
        setFitToWidth(true);
        getStyleClass().add("dump");
        findings.setId("dump-findings");
        Label waiting = new Label(words.get("dump.looking"));
        findings.getChildren().setAll(waiting);
        FlowPane services = new FlowPane(14, 4);
        services.setId("dump-services");
        model.services().forEach(each -> {
            Hyperlink link = new Hyperlink(each);
            link.setMnemonicParsing(false);
            link.setOnAction(event -> doors.askTo(each));
            services.getChildren().add(link);
        });
        VBox assumed = new VBox(3);
        model.assumptions().forEach(each -> assumed.getChildren().add(wrapped(each)));
        TitledPane assumptions = new TitledPane(
                words.get("dump.assumed", assumed.getChildren().size()), assumed);
        assumptions.setId("dump-assumed");
        assumptions.setExpanded(assumed.getChildren().size() < 12);
        assumptions.setAnimated(false);
        setContent(new VBox(10, head("dump.findings"), findings, head("dump.services"), services,
                assumptions));
        if (model.examined()) {
            show(model.findings());
        } else {
            model.examine(found -> Platform.runLater(() -> show(found)));
        }
    }

    private Label head(String key) {
        Label head = new Label(words.get(key));
        head.getStyleClass().add("dump-head");
        return head;
    }

    private static Label wrapped(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        return label;
    }

    private void show(List<Finding> found) {
        findings.getChildren().setAll(found.stream().map(this::line).toList());
    }

    private Node line(Finding finding) {
        Label text = wrapped((finding.bad() ? "✖ " : "") + finding.words());
        text.getStyleClass().add(finding.bad() ? "dump-bad" : "dump-said");
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox line = new HBox(10, text);
        finding.question().ifPresent(question -> {
            Button show = new Button(words.get("dump.show"));
            show.getStyleClass().add("dump-show");
            show.setMinWidth(USE_PREF_SIZE);
            show.setAccessibleText(question.from() + " → " + question.to());
            show.setOnAction(event -> doors.ask(question));
            line.getChildren().add(show);
        });
        return line;
    }
}
