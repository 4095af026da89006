package dev.podhop.viz.window;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files that were open before, kept in a small file of the user's; none where that is not. */
public final class RecentFiles {

    private static final int MOST = 12;

    /** Remembers nothing beyond the window. */
    public static final RecentFiles NONE = new RecentFiles(Optional.empty());

    private final Optional<Path> kept;

    /** @param kept where, a line a file; empty for nowhere */
    public RecentFiles(Optional<Path> kept) {
        this.kept = kept;
    }

    /** Where the user's programs keep such things, by the XDG base directory specification. */
    public static RecentFiles ofUser() {
        String state = System.getenv("XDG_STATE_HOME");
        Path folder = state != null && Path.of(state).isAbsolute() ? Path.of(state)
                : Path.of(System.getProperty("user.home"), ".local", "state");
        return new RecentFiles(Optional.of(folder.resolve("podhop").resolve("recent")));
    }

    /** Those that there still are, the last one first. */
    public List<Path> all() {
        List<Path> all = new ArrayList<>();
        for (String line : lines()) {
            try {
                Path file = Path.of(line);
                if (Files.isRegularFile(file)) {
                    all.add(file);
                }
            } catch (InvalidPathException unreadable) {
                // Somebody else wrote there.
            }
        }
        return all;
    }

    private List<String> lines() {
        try {
            return kept.isPresent() && Files.isReadable(kept.get())
                    ? Files.readAllLines(kept.get())
                    : List.of();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** A file was opened. A list that cannot be kept is no reason not to go on. */
    void add(Path file) {
        if (kept.isEmpty()) {
            return;
        }
        String name = file.toAbsolutePath().normalize().toString();
        List<String> lines = new ArrayList<>(lines());
        lines.remove(name);
        lines.addFirst(name);
        try {
            Files.createDirectories(kept.get().toAbsolutePath().getParent());
            Files.write(kept.get(), lines.subList(0, Math.min(MOST, lines.size())));
        } catch (IOException unwritable) {
            // As said.
        }
    }
}
