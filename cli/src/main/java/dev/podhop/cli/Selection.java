package dev.podhop.cli;

import dev.podhop.run.state.ClusterState;
import dev.podhop.run.state.Table;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which part of a table is asked for: one namespace's, one name's, or all. A name is a Service's
 * ({@code web}, {@code shop/web}); of conntrack also an address.
 *
 * @param namespace empty for all
 * @param name empty for all
 */
record Selection(String namespace, String name) {

    private static final Pattern ADDRESS = Pattern.compile("(?<![0-9a-fA-F:.])"
            + "(\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-fA-F:]*:[0-9a-fA-F:]+)");
    /** {@code -m comment --comment "shop/web:http ..."}. */
    private static final Pattern OWNER =
            Pattern.compile("--comment \"?([^\\s/\"]+)/([^\\s:\"]+)");
    private static final Pattern CHAIN = Pattern.compile("\\bKUBE-(?:SVC|SVL|EXT|FW|SEP)-\\w+");

    static Selection of(String namespace, String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? new Selection(namespace, name)
                : new Selection(name.substring(0, slash), name.substring(slash + 1));
    }

    boolean isAll() {
        return namespace.isEmpty() && name.isEmpty();
    }

    private boolean takes(String ofNamespace, String ofName) {
        return (namespace.isEmpty() || namespace.equals(ofNamespace))
                && (name.isEmpty() || name.equals(ofName));
    }

    /** Whether a row of a table with these columns is asked for. */
    boolean takes(List<String> columns, List<String> row) {
        int at = columns.indexOf("NAMESPACE");
        if (at >= 0) {
            int named = Math.max(columns.indexOf("NAME"), columns.indexOf("SERVICE"));
            return takes(row.get(at), row.get(named));
        }
        int service = columns.indexOf("SERVICE");
        if (service >= 0) {
            int slash = row.get(service).indexOf('/');
            return takes(row.get(service).substring(0, Math.max(0, slash)),
                    row.get(service).substring(slash + 1));
        }
        return true;
    }

    /** The rules that name a Service in their comment, with the chains they stand in. */
    List<String> rules(List<String> lines) {
        Set<String> chains = new HashSet<>();
        for (String line : lines) {
            if (isOwned(line)) {
                CHAIN.matcher(line).results().forEach(chain -> chains.add(chain.group()));
            }
        }
        return lines.stream().filter(line -> line.startsWith(":")
                ? chains.contains(line.substring(1).split(" ", 2)[0])
                : !line.startsWith("-A") || isOwned(line)
                        || chains.contains(line.split(" ", 3)[1]))
                .toList();
    }

    private boolean isOwned(String line) {
        Matcher owner = OWNER.matcher(line);
        return owner.find() && takes(owner.group(1), owner.group(2));
    }

    /** The entries that an address of the Service takes part in, or the address itself. */
    List<String> entries(List<String> lines, ClusterState state) {
        Set<String> addresses = new HashSet<>();
        if (ADDRESS.matcher(name).matches()) {
            addresses.add(name);
        }
        for (Table table : List.of(state.services(true), state.endpointDetails())) {
            table.rows().stream().filter(row -> takes(table.columns(), row)).forEach(
                    row -> ADDRESS.matcher(String.join(" ", row)).results()
                            .forEach(found -> addresses.add(found.group())));
        }
        return lines.stream().filter(line -> ADDRESS.matcher(line).results()
                .anyMatch(found -> addresses.contains(found.group()))).toList();
    }
}
