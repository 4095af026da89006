package dev.podhop.viz.lesson;

import dev.podhop.viz.lesson.Lesson.Table;
import dev.podhop.viz.lesson.Lesson.Text;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;

/**
 * A chapter's table; its first and last columns hold a word or two. A cell that begins with a tick
 * or a cross is coloured like an answer.
 */
final class SmallTable extends GridPane {

    private static final double OUTER_PERCENT = 25;

    SmallTable(Table table, Locale language) {
        getStyleClass().addAll("card-like", "lesson-table");
        int columns = table.head().size();
        for (int i = 0; i < columns; i++) {
            ColumnConstraints width = new ColumnConstraints();
            width.setPercentWidth(i == 0 || i == columns - 1 ? OUTER_PERCENT
                    : (100 - 2 * OUTER_PERCENT) / (columns - 2));
            getColumnConstraints().add(width);
        }
        row(0, table.head(), language, "head");
        for (int i = 0; i < table.rows().size(); i++) {
            row(i + 1, table.rows().get(i), language, "cell");
        }
    }

    private void row(int number, List<Text> cells, Locale language, String style) {
        for (int i = 0; i < cells.size(); i++) {
            Label cell = new Label(cells.get(i).in(language));
            cell.setWrapText(true);
            cell.setMinHeight(Region.USE_PREF_SIZE);
            cell.getStyleClass().addAll(style, style(cell.getText()));
            add(cell, i, number);
        }
    }

    private static String style(String text) {
        return text.startsWith("✖") ? "lacks" : text.startsWith("✓") ? "holds" : "plain";
    }
}
