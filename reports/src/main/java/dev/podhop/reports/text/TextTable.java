package dev.podhop.reports.text;

import dev.podhop.reports.out.Shown;
import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest cell, some blanks apart, as {@code kubectl get} has them. */
public final class TextTable {

    private static final int GAP = 2;
    /** How far columns are indented that stand below their row. */
    private static final int BELOW = 4;

    private final List<List<String>> rows = new ArrayList<>();
    private final String gap;

    /** Columns two blanks apart. */
    public TextTable() {
        this(GAP);
    }

    /** @param blanks between two columns */
    public TextTable(int blanks) {
        this.gap = " ".repeat(blanks);
    }

    /** Adds a row; the first one is the head. */
    public TextTable row(List<String> cells) {
        rows.add(cells.stream().map(Shown::line).toList());
        return this;
    }

    /** Adds a row. */
    public TextTable row(String... cells) {
        return row(List.of(cells));
    }

    /** The lines, without blanks at their ends. */
    public List<String> lines() {
        List<Integer> widths = widths();
        return rows.stream().map(row -> line(row, widths, 0, row.size())).toList();
    }

    /**
     * The lines, none wider than that where a row's cells allow it: columns that do not fit any
     * more stand below their row, behind the first one's width.
     */
    List<String> lines(int width) {
        List<Integer> widths = widths();
        List<Integer> starts = starts(widths, width);
        if (starts.size() == 1) {
            return lines();
        }
        String indent = " ".repeat(Math.min(BELOW, widths.getFirst() + gap.length()));
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < starts.size(); i++) {
                int end = i + 1 < starts.size() ? starts.get(i + 1) : row.size();
                String line = line(row, widths, starts.get(i), Math.min(end, row.size()));
                if (i == 0 || !line.isEmpty()) {
                    lines.add(i == 0 ? line : indent + line);
                }
            }
        }
        return lines;
    }

    /** With which columns a line begins. */
    private List<Integer> starts(List<Integer> widths, int width) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        int used = 0;
        for (int i = 0; i < widths.size(); i++) {
            if (used > 0 && used + widths.get(i) > width) {
                starts.add(i);
                used = BELOW;
            }
            used += widths.get(i) + gap.length();
        }
        return starts;
    }

    private List<Integer> widths() {
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
        return widths;
    }

    /** The last column may be as wide as it likes: nothing stands to its right. */
    private String line(List<String> row, List<Integer> widths, int from, int to) {
        StringBuilder line = new StringBuilder();
        for (int i = from; i < to; i++) {
            line.append(Columns.pad(row.get(i), widths.get(i))).append(gap);
        }
        return line.toString().stripTrailing();
    }
}
