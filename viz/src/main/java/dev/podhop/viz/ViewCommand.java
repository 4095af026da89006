package dev.podhop.viz;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.Problems;
import dev.podhop.reports.out.NewFiles;
import dev.podhop.reports.out.Shown;
import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.lesson.Lesson;
import dev.podhop.viz.lesson.LessonReader;
import dev.podhop.viz.page.Gallery;
import dev.podhop.viz.page.PageWriter;
import dev.podhop.viz.recording.AskedCall;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.window.CursorPlace;
import dev.podhop.viz.window.Look;
import dev.podhop.viz.window.Opening;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code podhop view}. */
@Command(name = "podhop view", mixinStandardHelpOptions = true,
        description = "Shows a recorded run of a scenario: in a window, or as pictures.")
final class ViewCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final Path NONE = Path.of("");
    private static final int USAGE = 2;
    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{1,4})x([1-9]\\d{1,4})");

    /** Light or dark. */
    enum Theme {
        light,
        dark
    }

    /** Tabs of the inspector. */
    enum Tab {
        why,
        packet,
        state,
        yaml
    }

    /** Parts of the window. */
    enum Pane {
        topology,
        events,
        lanes,
        inspector,
        lesson,
        compare,
        start
    }

    /** Languages of the viewer. */
    enum Language {
        en,
        zh
    }

    @Spec
    @Nullable CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE",
            description = "The scenario, or a dump of a cluster. Without one a window opens in"
                    + " which one can be chosen.")
    Path file = NONE;

    @Option(names = "--render", paramLabel = "PNG",
            description = "Write a picture instead of opening a window; needs no screen.")
    @Nullable Path render;

    @Option(names = "--html", paramLabel = "HTML",
            description = "Write one page for a browser that plays an attempt of every kind; it"
                    + " needs nothing else.")
    @Nullable Path html;

    @Option(names = "--gallery", paramLabel = "FOLDER",
            description = "FILE is a folder of scenarios: write a picture of each at its telling"
                    + " moment there, and a page of them.")
    @Nullable Path gallery;

    @Option(names = "--from", paramLabel = "SOURCE",
            description = "With --to: show one call that the file need not have, with its odds,"
                    + " as podhop trace does: pod/client. --at is then its time.")
    @Nullable String from;

    @Option(names = "--to", paramLabel = "TARGET",
            description = "What is called: service/web:80, 10.0.0.11:30080.")
    @Nullable String to;

    @Option(names = "--udp", description = "Call by UDP, with --from and --to.")
    boolean udp;

    @Option(names = "--at", paramLabel = "TIME",
            description = "Where the cursor stands: 1.2s, 860us. Default: where the"
                    + " attempt's fate was decided.")
    @Nullable String at;

    @Option(names = "--lesson-step", paramLabel = "N",
            description = "Open a chapter of the scenario's lesson, from 1.")
    @Nullable Integer lessonStep;

    @Option(names = "--answer", paramLabel = "N",
            description = "Give an answer to the chapter's question, from 1.")
    @Nullable Integer answer;

    @Option(names = "--filter", paramLabel = "FILTER",
            description = "Show these hops only, in the language of podhop trace --filter.")
    String filter = "";

    @Option(names = "--follow", paramLabel = "FLOW[#N]",
            description = "Follow an attempt of a flow, or all with \"all\". Default: the first"
                    + " that failed.")
    @Nullable String follow;

    @Option(names = "--find", paramLabel = "FILTER",
            description = "Put the cursor on the first shown hop that passes the filter.")
    @Nullable String find;

    @Option(names = "--tab", paramLabel = "TAB",
            description = "Which tab of the inspector: ${COMPLETION-CANDIDATES}.")
    @Nullable Tab tab;

    @Option(names = "--compare-set", paramLabel = "KEY=VALUE",
            description = "Show the same scenario under this setting beside it. Repeatable.")
    List<String> compareSettings = List.of();

    @Option(names = "--compare", paramLabel = "FILE",
            description = "Show another scenario beside it.")
    @Nullable Path compareFile;

    @Option(names = "--pane", paramLabel = "PANE",
            description = "A picture of one pane only: ${COMPLETION-CANDIDATES}.")
    @Nullable Pane pane;

    @Option(names = "--until", paramLabel = "TIME",
            description = "With --at: a picture a frame from there to here. --render then names a"
                    + " .gif or a folder.")
    @Nullable String until;

    @Option(names = "--frames", paramLabel = "N", description = "How many, with --until.",
            defaultValue = "60")
    int frames = 60;

    @Option(names = "--size", paramLabel = "WxH", description = "Of the picture, in pixels.",
            defaultValue = "1920x1080")
    String size = "1920x1080";

    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "Change a field before the file is read. Repeatable.")
    List<String> settings = List.of();

    @Option(names = "--seed", paramLabel = "N", description = "Instead of the scenario's own.")
    @Nullable Long seed;

    @Option(names = "--theme", description = "${COMPLETION-CANDIDATES}.", defaultValue = "light")
    Theme theme = Theme.light;

    @Option(names = "--lang", paramLabel = "LANG", description = "${COMPLETION-CANDIDATES}.",
            defaultValue = "en")
    Language language = Language.en;

    @Override
    public Integer call() throws InterruptedException {
        if (gallery != null) {
            return gallery(gallery);
        }
        if (file.equals(NONE) && (html != null || render != null)) {
            throw wrong("expected FILE");
        }
        Opening opening = new Opening(request(file, settings), beside(), place());
        if (html != null) {
            return page(html);
        }
        Path picture = render;
        return picture == null ? show(opening) : render(opening, picture);
    }

    private int show(Opening opening) {
        if (!file.equals(NONE) && !Files.isRegularFile(file)) {
            return refused(file + ": found no such file, expected a scenario");
        }
        try {
            ViewerApp.show(file.equals(NONE) ? null : opening, look());
            return OK;
        } catch (ViewerApp.NoDisplay none) {
            return refused("there is no display to open a window on; podhop view " + file
                    + " --render picture.png writes a picture instead");
        }
    }

    private int gallery(Path to) {
        if (!Files.isDirectory(file)) {
            return refused(file + ": found no folder, expected one with scenarios");
        }
        try {
            new Gallery(to).draw(file, each -> RecordingLoader.load(request(each, settings),
                    share -> {}));
            return OK;
        } catch (BrokenFile broken) {
            broken.problems().forEach(problem -> err().println(Shown.line(problem)));
            return USAGE;
        } catch (IOException unwritten) {
            return refused("cannot write " + to + ": " + NewFiles.why(unwritten));
        }
    }

    private int page(Path to) {
        if (render != null) {
            return refused("found --html and --render, expected one of them");
        }
        try {
            Recording recording = RecordingLoader.load(request(file, settings), share -> {});
            // A lesson speaks of the file as it stands, not of what was changed in it.
            Lesson lesson = settings.isEmpty()
                    ? LessonReader.beside(file, new Problems()).orElse(null)
                    : null;
            Map<List<String>, Recording> runs = new HashMap<>();
            for (List<String> each : lesson == null ? Set.<List<String>>of() : lesson.runs()) {
                runs.put(each, RecordingLoader.load(request(file, each), share -> {}));
            }
            NewFiles.write(to, new PageWriter(recording, lesson, runs).html());
            return OK;
        } catch (BrokenFile broken) {
            broken.problems().forEach(problem -> err().println(Shown.line(problem)));
            return USAGE;
        } catch (IOException unwritten) {
            return refused("cannot write " + to + ": " + NewFiles.why(unwritten));
        }
    }

    private int render(Opening opening, Path to) throws InterruptedException {
        untilNanos(); // what is wrong with the command is told before the run
        side(1);
        try {
            Pictures.checkName(to, until != null);
            new Rendering(this, opening).write(to);
            return OK;
        } catch (BrokenFile broken) {
            broken.problems().forEach(problem -> err().println(Shown.line(problem)));
            return USAGE;
        } catch (IllegalArgumentException wrongName) {
            return refused("--render: " + wrongName.getMessage());
        } catch (IOException unwritten) {
            return refused("cannot write " + to + ": " + NewFiles.why(unwritten));
        }
    }

    private int refused(String sentence) {
        err().println("podhop: " + Shown.line(sentence));
        return USAGE;
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    private Request request(Path of, List<String> under) {
        Request request = new Request(of, under,
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                RecordingLoader.TRACED_ATTEMPTS);
        if (from == null && to == null) {
            return request;
        }
        if (from == null || to == null) {
            throw wrong("expected --from and --to, found one of them");
        }
        // The cursor's time is the call's: a call has no other.
        return request.asking(new AskedCall(from, to, udp,
                at == null ? OptionalLong.empty() : OptionalLong.of(nanos("--at", at)),
                Optional.empty()));
    }

    private Optional<Request> beside() {
        if (compareFile != null) {
            return Optional.of(request(compareFile, compareSettings));
        }
        return compareSettings.isEmpty() ? Optional.empty()
                : Optional.of(request(file, settings).and(compareSettings));
    }

    private CursorPlace place() {
        return new CursorPlace(fromOne("--lesson-step", lessonStep), fromOne("--answer", answer),
                Optional.ofNullable(follow), filter, Optional.ofNullable(find),
                at == null || from != null ? OptionalLong.empty()
                        : OptionalLong.of(nanos("--at", at)),
                Optional.ofNullable(tab).map(Tab::name));
    }

    private OptionalInt fromOne(String option, @Nullable Integer number) {
        if (number != null && number < 1) {
            throw wrong(option + ": found " + number + ", expected 1 or more");
        }
        return number == null ? OptionalInt.empty() : OptionalInt.of(number - 1);
    }

    /** A time in virtual nanoseconds. */
    private long nanos(String option, String text) {
        try {
            return SimTime.parseNanos(text);
        } catch (IllegalArgumentException unreadable) {
            throw wrong(option + ": " + unreadable.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    Look look() {
        ViewerWords words = ViewerWords.in(Locale.forLanguageTag(language.name()));
        if (words.isChinese() && Fonts.chinese().isEmpty()) {
            err().println(words.get("language.none"));
            words = ViewerWords.in(Locale.ENGLISH);
        }
        return new Look(theme == Theme.dark ? Palette.DARK : Palette.LIGHT, words);
    }

    /** The end of the span that is filmed; empty for one picture. */
    OptionalLong untilNanos() {
        return until == null ? OptionalLong.empty() : OptionalLong.of(nanos("--until", until));
    }

    int width() {
        return side(1);
    }

    int height() {
        return side(2);
    }

    private int side(int which) {
        Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
            throw wrong("--size: found " + size + ", expected WxH such as 1920x1080");
        }
        return Integer.parseInt(sides.group(which));
    }
}
