package dev.podhop.reports.out;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Standard output or standard error, which remembers that it took not everything: a
 * {@link PrintWriter} swallows what goes wrong below it, and a full disk would look like success.
 */
public final class Sink {

    private final Path ofProcess;
    private final PrintWriter writer;
    private @Nullable IOException failure;

    private Sink(FileDescriptor to, int number, boolean colours) {
        this.ofProcess = Path.of("/proc/self/fd", String.valueOf(number));
        // Not System.out: a text's bytes must not depend on the machine's character set.
        this.writer = new PrintWriter(new Guard(new OutputStreamWriter(
                new Remembering(new FileOutputStream(to)), StandardCharsets.UTF_8), colours));
    }

    /** Standard output. */
    public static Sink out(boolean colours) {
        return new Sink(FileDescriptor.out, 1, colours);
    }

    /** Standard error. */
    public static Sink err(boolean colours) {
        return new Sink(FileDescriptor.err, 2, colours);
    }

    public PrintWriter writer() {
        return writer;
    }

    /**
     * What went wrong, once everything was written: {@code No space left on device}. Empty where
     * all was taken, and where the reader went away, as {@code head} does: that is no mistake.
     */
    public Optional<String> lost() {
        writer.flush();
        IOException lost = failure;
        return lost == null || readerWentAway(lost) ? Optional.empty()
                : Optional.of(String.valueOf(lost.getMessage()));
    }

    /**
     * The system's words for EPIPE depend on its language; a pipe's other end says the same in all.
     */
    private boolean readerWentAway(IOException lost) {
        if (String.valueOf(lost.getMessage()).contains("Broken pipe")) {
            return true;
        }
        try {
            return Files.readSymbolicLink(ofProcess).toString().matches("(pipe|socket):.*");
        } catch (IOException | UnsupportedOperationException closedOrUnknown) {
            return false;
        }
    }

    private final class Remembering extends FilterOutputStream {

        Remembering(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (failure != null) {
                return; // what follows a loss would only make a text with a hole
            }
            try {
                out.write(bytes, from, length);
            } catch (IOException lost) {
                failure = lost;
            }
        }

        @Override
        public void write(int each) throws IOException {
            write(new byte[] {(byte) each}, 0, 1);
        }
    }
}
