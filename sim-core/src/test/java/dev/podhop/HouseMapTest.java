package dev.podhop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/architecture.md names every package once, on the floor where {@link Floors} has it, with the
 * first sentence of its own documentation; with {@code -Dpodhop.pages=write} the tables are written
 * anew.
 */
class HouseMapTest {

    private static final Path ROOT = HouseNumbersTest.ROOT;
    private static final Path PAGE = ROOT.resolve("docs/architecture.md");

    @Test
    void theMapIsOfThisHouse() throws IOException {
        Map<String, String> core = sentences("sim-core");
        String floors = IntStream.range(0, Floors.FLOORS.size())
                .mapToObj(floor -> "### Floor " + floor + "\n\n" + table(core.entrySet().stream()
                        .filter(each -> Floors.floor(Floors.unit(each.getKey())) == floor)
                        .toList()))
                .collect(Collectors.joining("\n"));
        Map<String, String> others = new TreeMap<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            modules.map(module -> module.getFileName().toString())
                    .filter(module -> !module.equals("sim-core"))
                    .forEach(module -> others.putAll(sentences(module)));
        }
        String page = Files.readString(PAGE);
        String now = with(with(page, "floors", floors), "modules",
                table(List.copyOf(others.entrySet())));
        if ("write".equals(System.getProperty("podhop.pages"))) {
            Files.writeString(PAGE, now);
        }

        assertThat(core.keySet()).allMatch(each -> Floors.floor(Floors.unit(each)) >= 0);
        assertThat(Files.readString(PAGE)).as("docs/architecture.md: to write it anew,"
                + " -Dtest=HouseMapTest -Dpodhop.pages=write").isEqualTo(now);
    }

    private static String table(List<Map.Entry<String, String>> packages) {
        return "| package | |\n|---|---|\n" + packages.stream()
                .map(each -> "| **" + each.getKey() + "**" + knows(each.getKey()) + " | "
                        + each.getValue() + " |\n")
                .collect(Collectors.joining());
    }

    /** The one neighbour that a package may know. */
    private static String knows(String name) {
        String neighbour = Floors.NEIGHBOURS.get(name);
        return neighbour == null ? "" : " (knows " + neighbour + ")";
    }

    private static String with(String page, String marker, String text) {
        String start = "<!-- " + marker + " -->\n";
        int from = page.indexOf(start) + start.length();
        return page.substring(0, from) + text + page.substring(page.indexOf("<!-- end -->", from));
    }

    /** By package below {@code dev.podhop}: the first sentence of its package-info. */
    private static Map<String, String> sentences(String module) {
        Map<String, String> sentences = new TreeMap<>();
        Path main = ROOT.resolve(module).resolve("src/main/java");
        if (!Files.exists(main)) {
            return sentences;
        }
        try (Stream<Path> files = Files.walk(main)) {
            for (Path file : files.filter(f -> f.endsWith("package-info.java")).toList()) {
                String name = main.resolve("dev/podhop").relativize(file.getParent()).toString()
                        .replace('/', '.');
                sentences.put(name, sentence(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sentences;
    }

    private static String sentence(String source) {
        String comment = source.substring(source.indexOf("/**") + 3, source.indexOf("*/"))
                .replaceAll("\\n \\* ?", " ").replaceAll("\\{@\\w+ ([^}]*)}", "`$1`")
                .replaceAll("<[^>]*>", " ").replace("dev.podhop.", "").replace("|", "/")
                .replaceAll("\\s+", " ").strip();
        int end = comment.indexOf(". ");
        return end < 0 ? comment : comment.substring(0, end + 1);
    }
}
