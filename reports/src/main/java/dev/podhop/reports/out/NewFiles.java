package dev.podhop.reports.out;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that are there as a whole or not at all: each is written beside its place under another
 * name, and only when all of them are whole do they take their places. A link that somebody laid in
 * a place is never followed, nor is a device or a pipe written to or replaced.
 */
public final class NewFiles {

    /** Fills a file. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private record Made(Path beside, Path place) {}

    private final List<Made> made = new ArrayList<>();

    /** Writes one text file. */
    public static void write(Path place, String text) throws IOException {
        write(place, text(text));
    }

    /** A text in UTF-8. */
    public static Content text(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes one file; folders are made. */
    public static void write(Path place, Content content) throws IOException {
        NewFiles files = new NewFiles();
        files.add(place, content);
        files.place();
    }

    /**
     * Writes a file beside its place.
     *
     * @throws IOException if it cannot be written; then nothing is left of this and the others
     */
    public void add(Path place, Content content) throws IOException {
        try {
            check(place);
            Path folder = place.toAbsolutePath().getParent();
            if (folder == null) {
                throw new FileSystemException(place.toString(), null, "it is a folder");
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            Path beside = folder.resolve("." + place.getFileName() + "."
                    + ProcessHandle.current().pid() + "." + made.size() + ".new");
            made.add(new Made(beside, place));
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside,
                    StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                content.writeTo(out);
            }
        } catch (IOException | RuntimeException unwritten) {
            forget();
            throw unwritten;
        }
    }

    /** Lets all files take their places. */
    public void place() throws IOException {
        try {
            for (Made each : made) {
                check(each.place());
            }
            for (Made each : made) {
                moveInto(each);
            }
        } finally {
            forget();
        }
    }

    private static void moveInto(Made each) throws IOException {
        try {
            Files.move(each.beside(), each.place(), StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException otherFileSystem) {
            Files.move(each.beside(), each.place(), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Only a file of its own or none may stand in the place. */
    private static void check(Path place) throws IOException {
        if (Files.isSymbolicLink(place)) {
            throw new FileSystemException(place.toString(), null,
                    "it is a symbolic link, which is not followed");
        }
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(place.toString(), null, "it is a folder");
        }
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)
                && !Files.isRegularFile(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(place.toString(), null, "it is no regular file");
        }
    }

    private void forget() {
        for (Made each : made) {
            try {
                Files.deleteIfExists(each.beside());
            } catch (IOException stays) {
                // It has a name that says what it is; the error that led here matters more.
                continue;
            }
        }
        made.clear();
    }

    /** Why the system refused, without the path, which whoever asks has told already. */
    public static String why(IOException refused) {
        return switch (refused) {
            case FileAlreadyExistsException e -> "it is a file";
            case AccessDeniedException e -> "permission denied";
            case NoSuchFileException e -> "there is no such folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            case FileSystemException e -> "the system refuses it";
            default -> refused.getMessage() == null ? "the system refuses it"
                    : refused.getMessage();
        };
    }
}
