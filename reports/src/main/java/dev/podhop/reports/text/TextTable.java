package dev.podhop.reports.text;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell, two blanks apart, as {@code kubectl get} has them. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; the first one is the head. */
    public TextTable row(List<String> cells) {
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Adds a row. */
    public TextTable row(String... cells) {
        return row(List.of(cells));
    }

    /** The lines, without blanks at their ends. */
    public List<String> lines() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = Columns.of(row.get(i));
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** The last column may be as wide as it likes: nothing stands to its right. */
    private static String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(Columns.pad(row.get(i), widths.get(i))).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
