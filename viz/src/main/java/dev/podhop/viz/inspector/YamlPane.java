package dev.podhop.viz.inspector;

import dev.podhop.viz.recording.FileRows;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;

/** The files with their numbers; the deciding lines are lit, and in view. */
final class YamlPane extends ListView<Integer> {

    private static final PseudoClass LIT = PseudoClass.getPseudoClass("lit");
    private static final PseudoClass NAME = PseudoClass.getPseudoClass("name");
    private static final PseudoClass COMMENT = PseudoClass.getPseudoClass("comment");

    private static final FileRows.Row NOTHING = new FileRows.Row("", 0, "");

    private final YamlViewModel model;
    private Set<Integer> lit = Set.of();

    YamlPane(YamlViewModel model) {
        this.model = model;
        setId("yaml");
        getStyleClass().addAll("yaml", "mono");
        setFixedCellSize(21);
        setCellFactory(list -> new Cell());
        getItems().setAll(IntStream.range(0, model.rows().size()).boxed().toList());
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

    /** Brings a row into view. */
    void open(int row) {
        scrollTo(Math.max(0, row - 5));
    }

    private final class Cell extends ListCell<Integer> {
        @Override
        protected void updateItem(Integer row, boolean empty) {
            super.updateItem(row, empty);
            boolean any = !empty && row != null;
            FileRows.Row shown = any ? model.rows().get(row) : NOTHING;
            setText(!any ? null : shown.number() == 0 ? shown.text()
                    : String.format(Locale.ROOT, "%4d  %s", shown.number(), shown.text()));
            pseudoClassStateChanged(LIT, any && lit.contains(row));
            pseudoClassStateChanged(NAME, any && shown.number() == 0);
            pseudoClassStateChanged(COMMENT, shown.text().strip().startsWith("#"));
        }
    }
}
