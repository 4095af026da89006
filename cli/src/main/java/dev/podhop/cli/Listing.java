package dev.podhop.cli;

import dev.podhop.reports.text.TextTable;
import dev.podhop.run.state.Table;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A table of namespaced objects as {@code kubectl get} lists it: one namespace's objects without
 * saying so, all namespaces' behind their names.
 *
 * @param rows what is printed; empty where there is nothing
 * @param shown {@code NAMESPACE/NAME} of each
 * @param remark what goes to standard error; empty for nothing
 */
record Listing(List<String> rows, Set<String> shown, String remark) {

    /** {@code printers.GetNewTabWriter}. */
    private static final int GAP = 3;
    private static final String DEFAULT = "default";
    private static final String NAMESPACE = "NAMESPACE";

    /**
     * What is asked for of a table whose first columns are NAMESPACE and NAME, or of one whose
     * objects stand in no namespace and whose first column is NAME.
     *
     * @param everywhere {@code -A}
     */
    static Listing of(String what, Table table, Selection asked, boolean everywhere) {
        if (!table.columns().getFirst().equals(NAMESPACE)) {
            return unspaced(what, table, asked.name());
        }
        Set<String> namespaces = new TreeSet<>();
        table.rows().forEach(row -> namespaces.add(row.getFirst()));
        boolean looks = asked.namespace().isEmpty() && !asked.name().isEmpty();
        String current = asked.namespace().isEmpty() ? current(namespaces) : asked.namespace();
        boolean all = everywhere || looks && !table.rows().stream()
                .anyMatch(row -> new Selection(current, asked.name()).takes(table.columns(), row));
        Selection selected = new Selection(all ? "" : current, asked.name());
        List<List<String>> found = table.rows().stream()
                .filter(row -> selected.takes(table.columns(), row)).toList();
        return new Listing(found.isEmpty() ? List.of() : lines(table, found, all),
                found.stream().map(row -> row.get(0) + "/" + row.get(1))
                        .collect(Collectors.toUnmodifiableSet()),
                found.isEmpty() && !asked.name().isEmpty()
                        ? notFound(what, asked.name())
                        : remark(found.isEmpty(), all, current, namespaces, asked));
    }

    private static Listing unspaced(String what, Table table, String name) {
        List<List<String>> found = table.rows().stream()
                .filter(row -> name.isEmpty() || row.getFirst().equals(name)).toList();
        TextTable text = new TextTable(GAP).row(table.columns());
        found.forEach(text::row);
        return new Listing(found.isEmpty() ? List.of() : text.lines(),
                found.stream().map(List::getFirst).collect(Collectors.toUnmodifiableSet()),
                !found.isEmpty() ? ""
                        : name.isEmpty() ? "No resources found"
                        : notFound(what, name));
    }

    private static String notFound(String what, String name) {
        return "Error from server (NotFound): " + what + " \"" + name + "\" not found";
    }

    /** Whether an object is among those that are listed. */
    boolean shows(String namespace, String name) {
        return shown.contains(namespace + "/" + name);
    }

    /** A file of one namespace's objects means that one. */
    private static String current(Set<String> namespaces) {
        return namespaces.size() == 1 ? namespaces.iterator().next() : DEFAULT;
    }

    private static List<String> lines(Table table, List<List<String>> found, boolean all) {
        int from = all ? 0 : 1;
        TextTable text = new TextTable(GAP)
                .row(table.columns().subList(from, table.columns().size()));
        found.forEach(row -> text.row(row.subList(from, row.size())));
        return text.lines();
    }

    private static String remark(boolean nothing, boolean all, String current,
            Set<String> namespaces, Selection asked) {
        String none = !nothing ? ""
                : all ? "No resources found"
                : "No resources found in " + current + " namespace.";
        List<String> others = namespaces.stream().filter(each -> !each.equals(current)).toList();
        boolean hidden = !all && asked.isAll() && !others.isEmpty();
        String more = hidden ? "note: of namespace " + current + "; -A shows those of "
                + String.join(", ", others) + ", too" : "";
        return none.isEmpty() || more.isEmpty() ? none + more : none + "\n" + more;
    }
}
