package dev.podhop.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.docs.Page.Snippet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation names what exists, and quotes what stands there. */
class PagesTest {

    /** A line in a snippet that stands for source lines left out. */
    private static final String OMISSION = "// ...";

    static List<Page> pages() {
        return Page.all();
    }

    /** Whoever opens a page on a slow line sees them too. */
    @Test
    void picturesAreSmall() throws IOException {
        try (Stream<Path> pictures = Files.list(Page.ROOT.resolve("docs/images"))) {
            assertThat(pictures).isNotEmpty().allSatisfy(
                    picture -> assertThat(Files.size(picture)).isLessThanOrEqualTo(350_000));
        }
    }

    @Test
    void thePagesThatTheReadmeLeadsToAreThere() {
        assertThat(pages()).extracting(Page::toString).contains("README.md",
                "docs/walkthrough.md", "docs/fidelity.md", "docs/glossary.md",
                "scenarios/01-lb-loopback/README.md");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void linksLeadSomewhere(Page page) {
        assertThat(page.links()).allSatisfy(link -> {
            Path target = page.target(link);
            assertThat(Page.ROOT.resolve(target)).exists();
            if (link.contains("#")) {
                assertThat(Page.of(target).anchors()).as("headings of " + target)
                        .contains(link.substring(link.indexOf('#') + 1));
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void filesThatAreNamedExist(Page page) throws IOException {
        List<Path> files = files();

        assertThat(page.fileNames())
                .allMatch(name -> files.stream().anyMatch(file -> file.endsWith(name)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void quotedCodeStandsInTheFileNamedAboveIt(Page page) {
        assertThat(page.snippets().stream()
                .flatMap(snippet -> misquoted(snippet, page).stream())).isEmpty();
    }

    @Test
    void theWalkthroughQuotesTheCodeThatItWalksThrough() {
        assertThat(Page.of(Path.of("docs/walkthrough.md")).snippets())
                .hasSizeGreaterThan(10);
    }

    /** The parts of a snippet that do not stand in its file, in their order. */
    private static List<String> misquoted(Snippet snippet, Page page) {
        String rest = squeezed(Page.of(page.target(snippet.file())).text());
        List<String> misquoted = new ArrayList<>();
        for (String part : snippet.code().split(OMISSION + "\\n")) {
            int at = rest.indexOf(squeezed(part));
            if (at < 0) {
                misquoted.add(snippet.file() + ":\n" + part);
            } else {
                rest = rest.substring(at + squeezed(part).length());
            }
        }
        return misquoted;
    }

    /** Whatever the white space. */
    private static String squeezed(String code) {
        return code.strip().replaceAll("\\s+", " ");
    }

    /** The files of the source tree, built ones aside. */
    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Page.ROOT)) {
            return files.filter(file -> !file.toString().contains("/target/")).toList();
        }
    }
}
