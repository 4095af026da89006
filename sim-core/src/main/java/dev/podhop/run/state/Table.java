package dev.podhop.run.state;

import java.util.List;

/** Rows under headings, as {@code kubectl get} prints them; a cell is never null. */
public record Table(List<String> columns, List<List<String>> rows) {

    public Table {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
