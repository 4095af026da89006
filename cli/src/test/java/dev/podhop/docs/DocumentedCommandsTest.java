package dev.podhop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands that the documentation shows work, and print what it says they print. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");
    /** {@code $ ./podhop ...} in a fence, with the output below it. */
    private static final Pattern SHOWN = Pattern.compile(
            "^```console\\n\\$ \\./podhop ([^\\n]*)\\n(.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);
    /** {@code podhop VERB ... scenarios/...} anywhere else. */
    private static final Pattern MENTIONED =
            Pattern.compile("podhop ((?:run|trace|odds|get|diff|validate) [^`\\n]*?"
                    + "scenarios/[^`\\n#]*)[`\\n#]");
    private static final Pattern VERB_ROW = Pattern.compile("^\\| `podhop (\\w+)",
            Pattern.MULTILINE);
    private static final String GAP = "...";

    private record Shown(String command, List<String> lines) {}

    static List<Path> pages() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> scenarios = Files.walk(ROOT.resolve("scenarios"), 2)) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")),
                    Stream.concat(docs, scenarios))
                    .filter(file -> file.toString().endsWith(".md")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void printsWhatThePageShows(Path page) throws IOException {
        for (Shown shown : shown(Files.readString(page))) {
            String rest = likened(podhop(shown.command));
            for (String block : String.join("\n", shown.lines).split("(?m)^\\Q" + GAP + "\\E$")) {
                assertThat(rest).as(shown.command + ", after the lines before")
                        .contains(likened(block));
                rest = rest.substring(rest.indexOf(likened(block)) + likened(block).length());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void whatThePageMentionsWorks(Path page) throws IOException {
        Matcher mentioned = MENTIONED.matcher(Files.readString(page));
        while (mentioned.find()) {
            String command = mentioned.group(1).strip();
            assertThat(podhop(command)).as(command).isNotEmpty();
        }
    }

    @Test
    void theReadmeNamesEveryCommand() throws IOException {
        Matcher row = VERB_ROW.matcher(Files.readString(ROOT.resolve("README.md")));
        TreeSet<String> named = new TreeSet<>();
        while (row.find()) {
            named.add(row.group(1));
        }
        String help = podhop("--help");
        Matcher verb = Pattern.compile("^  (\\w+)  ", Pattern.MULTILINE)
                .matcher(help.substring(help.indexOf("Commands:")));
        TreeSet<String> all = new TreeSet<>();
        while (verb.find()) {
            all.add(verb.group(1));
        }

        // The launcher hands `view` to the viewer, which the command line does not know.
        assertThat(all).doesNotContain("view").contains("run");
        all.add("view");
        assertThat(named).isEqualTo(all);
    }

    /** Whatever the line breaks, and whichever ports masquerading drew. */
    private static String likened(String output) {
        return output.strip().replaceAll("\\s+", " ")
                .replaceAll("(10\\.244\\.\\d\\.1:|sport=8080 dport=)\\d+", "$1PORT");
    }

    private static List<Shown> shown(String text) {
        List<Shown> shown = new ArrayList<>();
        Matcher matcher = SHOWN.matcher(text);
        while (matcher.find()) {
            shown.add(new Shown(matcher.group(1), matcher.group(2).lines().toList()));
        }
        return shown;
    }

    /** Runs a command line as if in the root folder; returns what it printed. */
    private static String podhop(String command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(command.split(" +"))
                .map(word -> word.startsWith("scenarios/") ? ROOT.resolve(word).toString() : word)
                .toArray(String[]::new);
        int code = Main.execute(words, new PrintWriter(out), new PrintWriter(err));
        // 1: a page may well show what happens when an expectation is not met
        assertThat(code).as("exit code of podhop " + command + ": " + err).isIn(0, 1);
        return out.toString();
    }
}
