package dev.podhop.scenario.form;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The network sysctls that Linux has, so that a misspelt one is not silently without effect. */
public final class SysctlNames {

    private static final String RESOURCE = "sysctls.txt";
    /** The one part of a name that is the user's: an interface, {@code all} or {@code default}. */
    private static final Pattern INTERFACE =
            Pattern.compile(
                    "(net\\.ipv[46]\\.(?:conf|neigh)\\.)([^.]+(?:\\.[0-9]+)?)(\\.[a-z_0-9]+)");

    // Linux makes one file below /proc/sys for each; the list is of version 6.18.
    private static final class Names {
        // Read with the first sysctl of a file, not before.
        static final TreeSet<String> ALL = load();
    }

    private SysctlNames() {}

    static boolean isKnown(String name) {
        Matcher matcher = INTERFACE.matcher(name);
        return Names.ALL.contains(
                matcher.matches() ? matcher.group(1) + "*" + matcher.group(3) : name);
    }

    /** The names there are, for the interface that a name speaks of. */
    static List<String> like(String name) {
        String[] parts = name.split("\\.");
        String wanted = parts.length > 3 ? parts[3] : "all";
        return Names.ALL.stream().map(known -> known.replace("*", wanted)).toList();
    }

    private static TreeSet<String> load() {
        try (InputStream in = SysctlNames.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            TreeSet<String> names = new TreeSet<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).forEach(names::add);
            return names;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
