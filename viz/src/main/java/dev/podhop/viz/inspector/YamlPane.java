package dev.podhop.viz.inspector;

import java.util.Set;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;

/** The file with its numbers; the deciding lines are lit, and in view. */
final class YamlPane extends ListView<Integer> {

    private static final PseudoClass LIT = PseudoClass.getPseudoClass("lit");
    private static final PseudoClass COMMENT = PseudoClass.getPseudoClass("comment");

    private final YamlViewModel model;
    private Set<Integer> lit = Set.of();

    YamlPane(YamlViewModel model) {
        this.model = model;
        setId("yaml");
        getStyleClass().addAll("yaml", "mono");
        setFixedCellSize(21);
        setCellFactory(list -> new Cell());
        getItems().setAll(IntStream.rangeClosed(1, model.lines().size()).boxed().toList());
        model.playback().stops().addListener((of, old, now) -> show());
        show();
    }

    private void show() {
        Set<Integer> now = model.lit();
        if (!now.equals(lit)) {
            lit = now;
            refresh();
            lit.stream().min(Integer::compare).ifPresent(this::open);
        }
    }

    /** Brings a line into view. */
    void open(int line) {
        scrollTo(Math.max(0, line - 5));
    }

    private final class Cell extends ListCell<Integer> {
        @Override
        protected void updateItem(Integer line, boolean empty) {
            super.updateItem(line, empty);
            boolean any = !empty && line != null;
            String text = any ? model.lines().get(line - 1) : "";
            setText(any ? "%4d  %s".formatted(line, text) : null);
            pseudoClassStateChanged(LIT, any && lit.contains(line));
            pseudoClassStateChanged(COMMENT, any && text.strip().startsWith("#"));
        }
    }
}
