package dev.podhop.viz.page;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.picture.Svg;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.trace.Explanation;
import dev.podhop.viz.inspector.YamlViewModel;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.page.Film.Cut;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.FileRows;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RunKinds;
import dev.podhop.viz.recording.RunKinds.Kind;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.workload.AttemptResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the page: what is on it, and how much of it fits. */
public final class PageWriter {

    /** What a page may weigh, in bytes: as a file, and as a server sends it. */
    private static final int MOST = 2_000_000;
    private static final int MOST_PACKED = 300_000;
    /** Pictures of a packet on a wire, the most that are tried first. */
    private static final int[] BETWEEN = {3, 1, 0};
    private static final List<String> WORDS = List.of("start", "flow", "outcome", "why", "attempts",
            "when", "play", "pause", "back", "forward", "decision", "nextBad", "level", "language",
            "theme", "compare", "none", "state", "file", "events", "lesson", "of", "mark",
            "again", "legend", "terms", "right", "search", "keys");
    private static final List<Cut> LESSON = List.of(Cut.PLAIN, Cut.PHONE);
    private static final JsonMapper JSON = new JsonMapper();

    private final Recording recording;
    private final @Nullable Lesson lesson;
    private final Map<List<String>, Recording> runs;

    /** A page without a lesson. */
    public PageWriter(Recording recording) {
        this(recording, null, Map.of());
    }

    /**
     * A page.
     *
     * @param lesson what is taught beside it; null for nothing
     * @param runs of the same file under the settings that its chapters ask for
     */
    public PageWriter(Recording recording, @Nullable Lesson lesson,
            Map<List<String>, Recording> runs) {
        this.recording = recording;
        this.lesson = lesson;
        this.runs = Map.copyOf(runs);
    }

    /** The page, complete; with fewer pictures on the way where it would weigh too much. */
    public String html() {
        String html = "";
        for (int between : BETWEEN) {
            html = page(data(between));
            if (html.length() <= MOST && packed(html) <= MOST_PACKED) {
                break;
            }
        }
        return html;
    }

    private static int packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.size();
    }

    private String page(ObjectNode data) {
        // In a script element nothing may look like its end, or like the beginning of another.
        String json = JSON.writeValueAsString(data).replace("</", "<\\/")
                .replace("<!--", "\\u003c!--").replace("<script", "\\u003cscript");
        String light = Svg.colours(false);
        String dark = Svg.colours(true);
        String styles = Svg.styles() + ":root,:root svg{" + light + "}"
                + ":root[data-theme=dark],:root[data-theme=dark] svg{" + dark + "}";
        return resource("page.html").replace("/*STYLES*/", styles + resource("page.css"))
                .replace("/*SCRIPT*/", resource("page.js")).replace("\"DATA\"", json);
    }

    private static String resource(String name) {
        try (InputStream in =
                PageWriter.class.getResourceAsStream("/dev/podhop/viz/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private ObjectNode data(int between) {
        ObjectNode data = JSON.createObjectNode();
        Path name = recording.request().file().getFileName();
        data.put("title", recording.run().scenario()).put("file", name + "")
                .put("seed", recording.run().seed()).put("end", recording.endNanos());
        ArrayNode settings = data.putArray("settings");
        recording.request().settings().forEach(settings::add);
        Fragments fragments = new Fragments();
        Map<Kind, AttemptResult> kinds = kinds();
        ArrayNode attempts = data.putArray("attempts");
        Map<Integer, Integer> places = new LinkedHashMap<>();
        kinds.forEach((kind, attempt) -> {
            places.put(attempt.attempt(), attempts.size());
            attempts.add(attempt(recording, attempt, between, List.of(Cut.values()), fragments)
                    .put("id", Integer.toString(attempt.attempt())));
        });
        data.set("flows", flows(kinds, places));
        data.set("rows", rows());
        data.set("words", words());
        if (lesson != null) {
            data.set("lesson", new LessonPages(recording, lesson, runs, places,
                    (of, attempt) -> {
                        // The pictures of a lesson are plain ones: the others are in its run.
                        attempts.add(attempt(of, attempt, between, LESSON, fragments)
                                .put("id", attempt.attempt() + "-" + attempts.size())
                                .put("under", String.join(", ", of.request().settings())));
                        return attempts.size() - 1;
                    }).tree());
        }
        ArrayNode repeated = data.putArray("repeated");
        Fragments.repeated().forEach(repeated::add);
        ArrayNode texts = data.putArray("texts");
        fragments.all().forEach(texts::add);
        return data;
    }

    /** Of each kind that can be followed the attempt that tells most. */
    private Map<Kind, AttemptResult> kinds() {
        Map<Kind, AttemptResult> telling = new LinkedHashMap<>();
        for (Kind kind : recording.kinds().all()) {
            AttemptResult each = recording.telling(kind);
            if (recording.attempt(each.attempt()) != null) {
                telling.put(kind, each);
            }
        }
        return telling;
    }

    private static Optional<Explanation> why(Recording of, AttemptResult each) {
        return of.diagnosis(each.attempt()).map(Diagnosis::what);
    }

    private ObjectNode attempt(Recording of, AttemptResult attempt, int between, List<Cut> cuts,
            Fragments fragments) {
        ObjectNode tree = new Film(of, attempt.attempt(), between, cuts, fragments).tree();
        tree.put("name", attempt.flow() + "#" + attempt.number())
                .put("flow", attempt.flow()).put("outcome", attempt.outcome().name())
                .put("from", attempt.client()).put("to", attempt.remote().toString());
        ObjectNode why = tree.putObject("why");
        for (Locale language : Film.LANGUAGES) {
            Narrator narrator = new Narrator(Explanations.in(language));
            why.put(language.getLanguage(),
                    why(of, attempt).map(narrator::text).orElse(""));
        }
        return tree;
    }

    /** Every kind: how many, when, and which attempt can be followed. */
    private ArrayNode flows(Map<Kind, AttemptResult> telling, Map<Integer, Integer> places) {
        ArrayNode rows = JSON.createArrayNode();
        RunKinds kinds = recording.kinds();
        for (Kind kind : kinds.all()) {
            ObjectNode row = rows.addObject();
            row.put("flow", kind.flow()).put("outcome", kind.outcome().name())
                    .put("count", kinds.of(kind).size());
            ArrayNode times = row.putArray("times");
            for (int bin : kinds.times(kind)) {
                times.add(bin);
            }
            ArrayNode shown = row.putArray("attempts");
            AttemptResult followed = telling.get(kind);
            if (followed != null) {
                shown.add(places.get(followed.attempt()));
            }
        }
        return rows;
    }

    private ArrayNode rows() {
        ArrayNode rows = JSON.createArrayNode();
        PlaybackViewModel playback =
                new PlaybackViewModel(recording, new ShownViewModel(recording));
        for (FileRows.Row row : new YamlViewModel(playback).rows()) {
            Path file = Path.of(row.file().isBlank() ? "-" : row.file()).getFileName();
            rows.add(JSON.createArrayNode().add(file + "").add(row.number()).add(row.text()));
        }
        return rows;
    }

    private static ObjectNode words() {
        ObjectNode words = JSON.createObjectNode();
        for (Locale language : Film.LANGUAGES) {
            ViewerWords own = ViewerWords.in(language);
            ObjectNode these = words.putObject(language.getLanguage());
            WORDS.forEach(key -> these.put(key, own.get("page." + key)));
        }
        return words;
    }
}
