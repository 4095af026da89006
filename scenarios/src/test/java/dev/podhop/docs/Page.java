package dev.podhop.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, and what it names.
 *
 * @param path from the root of the source tree
 * @param text as it stands in the file
 */
record Page(Path path, String text) {

    static final Path ROOT = root();

    private static final Pattern FENCED =
            Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern FILE_NAME =
            Pattern.compile("`([\\w./-]+\\.(?:java|md|yaml|json|xml))`");
    private static final Pattern TEST_NAME = Pattern.compile("`([A-Z]\\w+Test)`");
    private static final Pattern SOURCE =
            Pattern.compile("^\\[`[^\\n]*`\\]\\(([^\\n]+\\.java)\\)$", Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

    /** A quotation of source code, and the file that the page names above it. */
    record Snippet(String file, String code) {}

    /** The README, everything in docs, and the scenarios' READMEs. */
    static List<Page> all() {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> scenarios = Files.walk(ROOT.resolve("scenarios"), 2)) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")),
                    Stream.concat(docs, scenarios))
                    .filter(file -> file.toString().endsWith(".md")).sorted()
                    .map(file -> of(ROOT.relativize(file))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Page of(Path path) {
        try {
            return new Page(path, Files.readString(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its links lead to, those to other sites aside. */
    List<String> links() {
        return all(LINK, prose()).filter(link -> !link.matches("[a-z]+:.*")).toList();
    }

    /** The files that it calls by name in its text, tests by their classes' names. */
    List<String> fileNames() {
        return Stream.concat(all(FILE_NAME, prose()),
                all(TEST_NAME, prose()).map(test -> test + ".java")).toList();
    }

    /** The anchors of its headings, as GitHub makes them. */
    List<String> anchors() {
        return all(HEADING, prose()).map(heading -> heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-')).toList();
    }

    /** Its quotations of Java, each with the last file above it that has a line of its own. */
    List<Snippet> snippets() {
        List<Snippet> snippets = new ArrayList<>();
        Matcher fenced = FENCED.matcher(text);
        while (fenced.find()) {
            if (fenced.group(1).equals("java")) {
                String above = all(SOURCE, text.substring(0, fenced.start())).reduce("",
                        (a, b) -> b);
                snippets.add(new Snippet(above, fenced.group(2)));
            }
        }
        return snippets;
    }

    /** Where a link of this page leads, from the root. */
    Path target(String link) {
        String file = link.replaceFirst("#.*", "");
        Path folder = path.getParent();
        return file.isEmpty() ? path
                : folder == null ? Path.of(file).normalize()
                : folder.resolve(file).normalize();
    }

    private String prose() {
        return FENCED.matcher(text).replaceAll("");
    }

    private static Stream<String> all(Pattern pattern, String where) {
        return pattern.matcher(where).results().map(match -> match.group(1));
    }

    /** The folder above this module. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("podhop"))) {
            here = here.getParent();
        }
        return here;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
