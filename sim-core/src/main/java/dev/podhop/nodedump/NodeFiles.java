package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds and reads the files of nodes: {@code n2=FILE}, {@code n2=FOLDER}, {@code FOLDER}. */
public final class NodeFiles {

    private final List<String> nodes;
    private final Problems problems;
    private final Map<String, NodeDump> dumps = new TreeMap<>();
    private final List<String> unread = new ArrayList<>();

    /** @param nodes names of the cluster's nodes */
    public NodeFiles(List<String> nodes, Problems problems) {
        this.nodes = List.copyOf(nodes);
        this.problems = problems;
    }

    /** What was read, by node. */
    public Map<String, NodeDump> dumps() {
        return Map.copyOf(dumps);
    }

    /** Files of folders that no tool has printed, or that are of no node: they were left out. */
    public List<String> unread() {
        return List.copyOf(unread);
    }

    /**
     * Reads what one option names.
     *
     * @param given {@code NODE=PATH}; a folder alone has a file {@code NODE.*} or a folder
     *     {@code NODE} for each node
     */
    public void read(String given) {
        int equals = given.indexOf('=');
        if (equals >= 0) {
            String node = given.substring(0, equals);
            if (!nodes.contains(node)) {
                problems.misspelt(Location.startOf(given), "",
                        "found node \"" + node + "\", expected one of " + nodes, node, nodes);
                return;
            }
            one(node, Path.of(given.substring(equals + 1)));
            return;
        }
        Path folder = Path.of(given);
        if (!Files.isDirectory(folder)) {
            problems.unexpected(Location.startOf(given), "", "\"" + given + "\"",
                    "NODE=FILE, NODE=FOLDER, or a folder with NODE.* or NODE/ in it");
            return;
        }
        int before = dumps.size();
        for (Path each : entries(folder)) {
            String name = String.valueOf(each.getFileName());
            String node = nodes.stream().filter(n -> name.equals(n) || name.startsWith(n + "."))
                    .max((a, b) -> Integer.compare(a.length(), b.length())).orElse("");
            if (node.isEmpty()) {
                unread.add(each.toString());
            } else {
                one(node, each);
            }
        }
        if (dumps.size() == before) {
            problems.unexpected(Location.startOf(given), "", "no file of a node",
                    "NODE.* or NODE/ of one of " + nodes);
        }
    }

    private void one(String node, Path path) {
        if (!Files.exists(path)) {
            problems.error(Location.startOf(path.toString()), "", "no such file or folder");
        } else if (Files.isDirectory(path)) {
            entries(path).stream().filter(Files::isRegularFile)
                    .forEach(file -> file(node, file, false));
        } else {
            file(node, path, true);
        }
    }

    /** @param meant whether the user named it; else it is read where a tool has printed it */
    private void file(String node, Path file, boolean meant) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            if (!meant && !DumpReader.isDump(text)) {
                unread.add(file.toString());
                return;
            }
            new DumpReader(dumps.computeIfAbsent(node, n -> new NodeDump()), problems)
                    .read(file.toString(), text);
        } catch (CharacterCodingException binary) {
            if (meant) {
                problems.error(Location.startOf(file.toString()), "", "not a text in UTF-8");
            } else {
                unread.add(file.toString());
            }
        } catch (IOException e) {
            problems.error(Location.startOf(file.toString()), "",
                    "cannot be read: " + e.getMessage());
        }
    }

    private List<Path> entries(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            problems.error(Location.startOf(folder.toString()), "",
                    "cannot be read: " + e.getMessage());
            return List.of();
        }
    }
}
