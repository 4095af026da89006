package dev.podhop.cli.live;

import dev.podhop.run.result.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The user's {@code kubectl}, as a command that is started and read. */
public final class Kubectl {

    /**
     * What one command came to.
     *
     * @param code its exit code
     * @param out its standard output, as it is
     * @param err its standard error, as it is
     */
    public record Answer(int code, String out, String err) {

        /** Whether it did what it was asked. */
        public boolean isGood() {
            return code == 0;
        }

        /** Whether the API server denied it (RBAC): 403, which kubectl prints as Forbidden. */
        public boolean isForbidden() {
            return err.contains("(Forbidden)");
        }

        /** Whether the API server has no such resource: an older one, or a missing add-on. */
        public boolean isUnknown() {
            return err.contains("the server doesn't have a resource type")
                    || err.contains("the server could not find the requested resource");
        }

        /** The last line of what it says is wrong; kubectl tries again, and says so, before it. */
        public String why() {
            List<String> lines = err.lines().map(String::strip).filter(line -> !line.isEmpty())
                    .toList();
            return lines.isEmpty() ? "kubectl ended with exit code " + code : lines.getLast();
        }
    }

    private final List<String> command;

    /**
     * @param program its path, or {@code kubectl} for that on the PATH
     * @param connection options that say which cluster, such as {@code --context=prod}
     */
    public Kubectl(String program, List<String> connection) {
        this.command = new ArrayList<>();
        command.add(program);
        command.addAll(connection);
    }

    /**
     * Runs it to its end.
     *
     * @throws UsageException if there is no such program
     */
    public Answer run(List<String> arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        try {
            Process process = new ProcessBuilder(all).redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
            process.getOutputStream().close();
            // Both pipes are read at once: kubectl waits where one is full.
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Thread reader = Thread.ofVirtual().start(() -> drain(process.getErrorStream(), err));
            String out = new String(process.getInputStream().readAllBytes(),
                    StandardCharsets.UTF_8);
            int code = process.waitFor();
            reader.join();
            return new Answer(code, out, err.toString(StandardCharsets.UTF_8));
        } catch (IOException absent) {
            throw new UsageException("found no program to run, expected kubectl on the PATH, or"
                    + " --kubectl to name it: " + absent.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new UsageException("interrupted while kubectl ran: " + ended);
        }
    }

    private static void drain(InputStream from, ByteArrayOutputStream to) {
        try (from) {
            from.transferTo(to);
        } catch (IOException closed) {
            to.writeBytes(("its messages cannot be read: " + closed.getMessage())
                    .getBytes(StandardCharsets.UTF_8));
        }
    }
}
