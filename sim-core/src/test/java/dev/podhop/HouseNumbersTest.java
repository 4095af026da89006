package dev.podhop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The sizes that keep the repository readable; all modules together, their tests too. */
class HouseNumbersTest {

    /** Written apart, so that this file does not hold what it looks for. */
    private static final Predicate<String> UNFINISHED =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b|@Dis" + "abled\\b").asPredicate();

    static final Path ROOT = root();
    private static final List<JavaSource> FILES = JavaSource.allUnder(ROOT);
    private static final List<JavaSource> MAIN = FILES.stream().filter(JavaSource::isMain).toList();

    @Test
    void filesAreShort() {
        ToIntFunction<JavaSource> lines = file -> file.lines().size();

        assertThat(FILES).filteredOn(file -> lines.applyAsInt(file) > 500).isEmpty();
        assertThat(quantile(0.5, FILES, lines)).as("median of lines").isLessThanOrEqualTo(120);
        assertThat(quantile(0.9, FILES, lines)).as("90 % of files").isLessThanOrEqualTo(250);
    }

    /** The project's table of contents is read in one go. */
    @Test
    void thePacketsWayIsShort() {
        assertThat(MAIN).filteredOn(file -> file.path().endsWith("netstack/PacketPath.java"))
                .singleElement().satisfies(file -> assertThat(file.lines().size())
                        .isLessThanOrEqualTo(300));
    }

    @Test
    void methodsAreShorter() throws IOException {
        List<JavaSource.Method> methods = JavaSource.methods(ROOT, MAIN);

        assertThat(methods).hasSizeGreaterThan(MAIN.size());
        assertThat(methods).filteredOn(method -> method.lines() > 70).isEmpty();
        assertThat(quantile(0.9, methods, JavaSource.Method::lines)).as("90 % of methods")
                .isLessThanOrEqualTo(25);
    }

    @Test
    void linesFitTheWidth() {
        assertThat(linesThat(line -> line.codePointCount(0, line.length()) > 100)).isEmpty();
    }

    /**
     * A machine that speaks Arabic has digits of its own, a Turkish one a dotless i: what Podhop
     * prints names the root locale, whichever method it prints by.
     */
    @Test
    void numbersAreTheSameInEveryLocale() {
        Pattern ofTheMachine = Pattern.compile(String.join("|", "\\.formatted\\(",
                "\\bString\\s*\\.format\\((?!\\s*Locale\\.ROOT\\b)", "\\.printf\\(",
                "new (Formatter|DecimalFormat)\\(", "(Number|Date)Format\\.get\\w*\\(",
                "Locale\\.getDefault\\(", "to(Lower|Upper)Case\\(\\)"));

        assertThat(ofTheMachine.matcher("a.formatted(1)").find()).isTrue();
        assertThat(ofTheMachine.matcher("String.format(\n \"%d\", 1)").find()).isTrue();
        assertThat(ofTheMachine.matcher("String.format(\n Locale.ROOT, \"%d\"").find()).isFalse();
        assertThat(MAIN).filteredOn(
                file -> ofTheMachine.matcher(String.join("\n", file.lines())).find()).isEmpty();
    }

    /** One word, one thing: who reads a name need not look whose it is. */
    @Test
    void noTwoClassesShareAName() {
        Set<String> everywhere = Set.of("package-info.java", "Main.java");
        Map<String, List<JavaSource>> byName = MAIN.stream()
                .filter(file -> !file.path().startsWith("benchmarks"))
                .collect(Collectors.groupingBy(file -> file.path().getFileName().toString(),
                        TreeMap::new, Collectors.toList()));
        byName.keySet().removeAll(everywhere);

        assertThat(byName).hasSizeGreaterThan(500);
        assertThat(byName.values()).filteredOn(files -> files.size() > 1).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(linesThat(UNFINISHED)).isEmpty();
    }

    /** Tests may call what they observe the product by; JUnit alone calls theirs. */
    @Test
    void everyMethodIsCalled() throws IOException {
        Set<String> product = MAIN.stream().map(file -> file.path().getFileName().toString())
                .collect(Collectors.toSet());
        List<String> uncalled = JavaSource.uncalled(ROOT, FILES);

        assertThat(uncalled).contains("BreaksEveryBan.java: wallClock/0");
        assertThat(uncalled)
                .filteredOn(method -> product.contains(method.substring(0, method.indexOf(':'))))
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIs() {
        Set<Path> packages = MAIN.stream().map(file -> file.path().getParent())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(packages).filteredOn(path -> !Files.exists(
                ROOT.resolve(path).resolve("package-info.java"))).isEmpty();
    }

    /** {@code file:line} of each line that is such. */
    private static List<String> linesThat(Predicate<String> such) {
        return FILES.stream()
                .flatMap(file -> IntStream.range(0, file.lines().size())
                        .filter(i -> such.test(file.lines().get(i)))
                        .mapToObj(i -> file + ":" + (i + 1)))
                .toList();
    }

    /** The value that the given share of the items does not exceed. */
    private static <T> int quantile(double share, List<T> items, ToIntFunction<T> value) {
        int[] sorted = items.stream().mapToInt(value).sorted().toArray();
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    /** Tests run in their module's directory; the root is where the launcher stands. */
    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("podhop"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
