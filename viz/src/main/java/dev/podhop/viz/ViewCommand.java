package dev.podhop.viz;

import dev.podhop.engine.SimTime;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import dev.podhop.viz.window.Look;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code podhop view}. */
@Command(name = "podhop view", mixinStandardHelpOptions = true,
        description = "Shows a recorded run of a scenario: in a window, or as pictures.")
final class ViewCommand implements Callable<Integer> {

    private static final int OK = 0;
    private static final int USAGE = 2;

    /** Light or dark. */
    enum Theme {
        light,
        dark
    }

    @Parameters(index = "0", paramLabel = "FILE", description = "The scenario.")
    Path file = Path.of("");

    @Option(names = "--render", paramLabel = "PNG",
            description = "Write a picture instead of opening a window; needs no screen.")
    @Nullable Path render;

    @Option(names = "--at", paramLabel = "TIME",
            description = "Where the cursor stands: 1.2s, 860us. Default: the end.")
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
            description = "Which tab of the inspector: why, packet, state or yaml.",
            defaultValue = "why")
    String tab = "why";

    @Option(names = "--compare-set", paramLabel = "KEY=VALUE",
            description = "Show the same scenario under this setting beside it. Repeatable.")
    List<String> compareSettings = List.of();

    @Option(names = "--compare", paramLabel = "FILE",
            description = "Show another scenario beside it.")
    @Nullable Path compareFile;

    @Option(names = "--pane", paramLabel = "PANE",
            description = "A picture of one pane only: topology, events, lanes, inspector, lesson"
                    + " or compare.")
    @Nullable String pane;

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

    @Option(names = "--theme", description = "light or dark.", defaultValue = "light")
    Theme theme = Theme.light;

    @Option(names = "--lang", paramLabel = "LANG", description = "en or zh.",
            defaultValue = "en")
    String language = "en";

    @Override
    public Integer call() throws IOException, InterruptedException {
        RecordingLoader.Request request = new RecordingLoader.Request(file, settings,
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed),
                RecordingLoader.TRACED_ATTEMPTS);
        if (render == null) {
            ViewerApp.show(request, look(), compareSettings);
            return OK;
        }
        try {
            new Rendering(this, request).write(render);
            return OK;
        } catch (BrokenFile broken) {
            broken.problems().forEach(System.err::println);
            return USAGE;
        }
    }

    Look look() {
        Words words = Words.in(Locale.forLanguageTag(language));
        if (words.isChinese() && Fonts.chinese().isEmpty()) {
            System.err.println(words.get("language.none"));
            words = Words.in(Locale.ENGLISH);
        }
        return new Look(theme == Theme.dark ? Palette.DARK : Palette.LIGHT, words);
    }

    /** The cursor's time; empty for the end. */
    OptionalLong atNanos() {
        return at == null ? OptionalLong.empty() : OptionalLong.of(SimTime.parseNanos(at));
    }

    int width() {
        return Integer.parseInt(size.substring(0, size.indexOf('x')));
    }

    int height() {
        return Integer.parseInt(size.substring(size.indexOf('x') + 1));
    }
}
