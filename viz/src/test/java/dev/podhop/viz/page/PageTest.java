package dev.podhop.viz.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.podhop.k8s.source.Problems;
import dev.podhop.reports.picture.Level;
import dev.podhop.reports.picture.Svg;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.inspector.WhyViewModel;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.LessonReader;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.topology.TopologyViewModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page for a browser: what is on it is what the window shows, and it weighs little. */
@Timeout(300)
class PageTest {

    private static final int MOST = 2_000_000;
    private static final int MOST_PACKED = 300_000;

    private static final Map<String, String> PAGES = new HashMap<>();

    @TempDir
    Path folder;

    /** Small and large, in time and not, with names, with one node and with many. */
    @ParameterizedTest
    @ValueSource(strings = {"05-membership-decoder", "14-lb-rolling-update", "18-dns-5s-race"})
    void itWeighsLittleAndNeedsNobody(String name) throws IOException {
        String page = html(name);

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(MOST);
        assertThat(packed(page)).isLessThan(MOST_PACKED);
        assertThat(page.replaceAll("http://www\\.w3\\.org/[a-z0-9/]*", "").split(
                "<script id=\"data\"")[0])
                .as("nothing is fetched").doesNotContain("http:", "https:", "src=", "url(");
        JsonNode data = data(page);
        Recording recording = recording(name);
        // Every outcome of every flow can be followed.
        for (JsonNode flow : data.get("flows")) {
            assertThat(flow.get("attempts").size()).as(flow.toString()).isPositive();
        }
        int counted = 0;
        for (JsonNode flow : data.get("flows")) {
            counted += flow.get("count").asInt();
        }
        assertThat(counted).isEqualTo(recording.run().attempts().size());
    }

    /** Every chapter has its moment on the page, and what is beside it; the page stays small. */
    @ParameterizedTest
    @ValueSource(strings = {"01-lb-loopback", "18-dns-5s-race"})
    void everyChapterIsFilmed(String name) throws IOException {
        String page = html(name);
        JsonNode data = data(page);

        assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(MOST);
        assertThat(packed(page)).isLessThan(MOST_PACKED);
        for (JsonNode chapter : data.at("/lesson/chapters")) {
            filmed(data, chapter);
            if (chapter.has("beside")) {
                filmed(data, chapter.get("beside"));
            }
        }
    }

    private static void filmed(JsonNode data, JsonNode scene) {
        JsonNode attempt = data.get("attempts").get(scene.get("attempt").asInt());
        assertThat(attempt.at("/frames/plain-zh/items")).isNotEmpty();
        assertThat(attempt.get("stops")).as(scene.toString())
                .anyMatch(stop -> stop.get(1).asInt() == scene.get("hop").asInt());
    }

    /** The same attempt, the same signs and words. */
    @Test
    void windowAndPageShowTheSame() throws IOException {
        Recording recording = recording("01-lb-loopback");
        JsonNode data = data(html("01-lb-loopback"));
        for (JsonNode attempt : data.get("attempts")) {
            if (attempt.has("under")) {
                continue;
            }
            ShownViewModel shown = new ShownViewModel(recording);
            shown.followed().set(attempt.get("id").asInt());
            PlaybackViewModel playback = new PlaybackViewModel(recording, shown);
            TopologyViewModel topology = new TopologyViewModel(playback);
            topology.speak(Locale.SIMPLIFIED_CHINESE);
            topology.level().set(Level.KERNEL);
            topology.fit(960, 540);
            WhyViewModel why =
                    new WhyViewModel(playback, ViewerWords.in(Locale.SIMPLIFIED_CHINESE));
            JsonNode frames = attempt.at("/frames/kernel-zh/items");
            for (int i = 0; i < attempt.get("stops").size(); i++) {
                JsonNode stop = attempt.get("stops").get(i);
                if (stop.get(2).asBoolean()) {
                    continue;
                }
                playback.select(stop.get(1).asInt());
                List<String> ofPage = new ArrayList<>();
                frames.get(i).forEach(item -> ofPage
                        .add(whole(data, item.asInt())));
                assertThat(String.join("", ofPage))
                        .isEqualTo(Svg.fragment(topology.drawing().items().toList()));
                JsonNode said = attempt.at("/said/zh/" + stop.get(1).asInt());
                assertThat(data.get("texts").get(said.get("title").asInt()).asString())
                        .isEqualTo(why.title());
                assertThat(said.get("steps").size()).isEqualTo(why.steps().size());
            }
        }
    }

    /** A name or a file's text is data: it ends no script and begins no element. */
    @Test
    void whatAFileSaysIsData() throws IOException {
        Path harmless = Path.of("../sim-core/src/test/resources/field/51-node-externalip.yaml");
        Path evil = Files.writeString(folder.resolve("evil.yaml"),
                Files.readString(harmless)
                        + "# </script><script>alert(1)</script> <!-- <script>\n");
        String page = new PageWriter(Recordings.of(evil, 4)).html();

        assertThat(page).contains("alert(1)");
        assertThat(page.split("</script>", -1)).hasSize(3);
        assertThat(page).doesNotContain("<!-- <script>");
        assertThat(data(page).get("rows").toString()).contains("</script><script>alert(1)");
    }

    @Test
    void somebodyReadsItInABrowser() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium"))
                && Files.isExecutable(Path.of("/usr/bin/chromedriver")), "no Chromium here");
        Path page = Files.writeString(folder.resolve("page.html"), html("01-lb-loopback"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile()).build();
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--lang=en",
                "--window-size=1280,900", "--user-data-dir=" + folder.resolve("profile"));
        ChromeDriver browser = new ChromeDriver(service, options);
        try {
            drive(browser, page);
        } finally {
            browser.quit();
        }
    }

    private static void drive(ChromeDriver browser, Path page) {
        browser.get(page.toUri().toString());
        List<WebElement> kinds = browser.findElements(By.cssSelector("tr.go"));
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(4);
        WebElement timedOut = kinds.stream().filter(row -> row.getText().contains("TimedOut"))
                .findFirst().orElseThrow();
        timedOut.click();

        // It opens where its fate was decided, and says why.
        assertThat(text(browser, "what")).contains("TimedOut");
        assertThat(text(browser, "pane")).contains("NO_SOCKET");
        assertThat(text(browser, "why")).contains("no socket of pod/client ever called");
        assertThat(browser.getCurrentUrl()).contains("#attempt=");
        String decided = text(browser, "clock");

        press(browser, Keys.ARROW_LEFT);
        assertThat(text(browser, "clock")).isNotEqualTo(decided);
        press(browser, Keys.ARROW_RIGHT);
        assertThat(text(browser, "clock")).isEqualTo(decided);
        press(browser, Keys.HOME);
        String beginning = text(browser, "clock");
        press(browser, " ");
        wait(browser, () -> !text(browser, "clock").equals(beginning));
        press(browser, " ");

        press(browser, "z");
        assertThat(text(browser, "b-start")).isEqualTo("全部尝试");
        press(browser, "z");
        String before = browser.executeScript("return getComputedStyle(document.body)"
                + ".backgroundColor") + "";
        press(browser, "t");
        assertThat(browser.executeScript("return getComputedStyle(document.body).backgroundColor")
                + "").isNotEqualTo(before);

        browser.findElement(By.id("filter")).sendKeys("web-1");
        assertThat(browser.findElements(By.cssSelector("#events li")))
                .allMatch(row -> row.getText().contains("web-1"));

        browser.findElement(By.id("b-lesson")).click();
        for (int i = 0; i < 12 && browser.findElements(By.className("answer")).isEmpty(); i++) {
            browser.findElement(By.id("b-after")).click();
        }
        // The first answer is wrong: it gets its reply, and the right one is not told.
        browser.findElements(By.className("answer")).getFirst().click();
        assertThat(browser.findElement(By.cssSelector("#lesson p.bad")).getText())
                .endsWith("Try once more.");
        assertThat(browser.findElements(By.cssSelector("#lesson .answer.good"))).isEmpty();
        assertThat(text(browser, "what")).doesNotContain("TimedOut");
        browser.findElements(By.className("answer")).get(1).click();
        assertThat(browser.findElements(By.cssSelector("#lesson .answer.good"))).hasSize(1);
        assertThat(text(browser, "what")).contains("TimedOut");
        // Failure and fix stand beside each other; the mark stands at the end.
        while (browser.findElements(By.id("mark")).isEmpty()) {
            press(browser, Keys.PAGE_DOWN);
        }
        assertThat(text(browser, "mark")).contains("1 / 4");
        assertThat(text(browser, "pane2")).contains("NO_SOCKET");
        assertThat(text(browser, "under")).startsWith("loop: Answered · ");
        assertThat(text(browser, "under2")).isEqualTo("loop: TimedOut");

        // A link names a moment.
        browser.get("about:blank");
        browser.get(page.toUri() + "#attempt=37&t=0.370480");
        assertThat(text(browser, "clock")).isEqualTo("0.370480 s");
    }

    private static String text(ChromeDriver browser, String id) {
        return browser.executeScript("return document.getElementById(arguments[0]).textContent",
                id) + "";
    }

    private static void press(ChromeDriver browser, CharSequence key) {
        browser.findElement(By.tagName("body")).sendKeys(key);
    }

    private static void wait(ChromeDriver browser, BooleanSupplier until) {
        for (int i = 0; i < 200 && !until.getAsBoolean(); i++) {
            browser.executeAsyncScript("setTimeout(arguments[0], 50)");
        }
        assertThat(until.getAsBoolean()).isTrue();
    }

    private static Recording recording(String name) {
        return Recordings.of(Recordings.shipped(name), RecordingLoader.TRACED_ATTEMPTS);
    }

    /** Made once: each costs twenty seconds of a processor. */
    private static String html(String name) {
        return PAGES.computeIfAbsent(name, PageTest::made);
    }

    private static String made(String name) {
        Path file = Recordings.shipped(name);
        Lesson lesson = LessonReader.beside(file, new Problems()).orElse(null);
        Map<List<String>, Recording> runs = new HashMap<>();
        for (List<String> each : lesson == null ? Set.<List<String>>of() : lesson.runs()) {
            runs.put(each, Recordings.of(file, RecordingLoader.TRACED_ATTEMPTS,
                    each.toArray(String[]::new)));
        }
        return new PageWriter(recording(name), lesson, runs).html();
    }

    private static JsonNode data(String page) {
        String json = page.split("<script id=\"data\" type=\"application/json\">")[1]
                .split("</script>")[0];
        return new JsonMapper().readTree(json);
    }

    /** A text as the page puts it together. */
    private static String whole(JsonNode data, int number) {
        String text = data.get("texts").get(number).asString();
        for (int i = 0; i < data.get("repeated").size(); i++) {
            text = text.replace(String.valueOf((char) (0xE000 + i)),
                    data.get("repeated").get(i).asString());
        }
        return text;
    }

    private static int packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.size();
    }
}
