package dev.podhop.viz.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.podhop.run.result.ResultCount;
import dev.podhop.trace.HopFilter;
import dev.podhop.trace.Outcome;
import dev.podhop.viz.Fx;
import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.inspector.YamlViewModel;
import dev.podhop.viz.lesson.Lesson.Answer;
import dev.podhop.viz.lesson.Lesson.Text;
import dev.podhop.viz.lesson.ShippedLessons.Page;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.window.Look;
import dev.podhop.viz.window.Session;
import dev.podhop.viz.window.Workbench;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every lesson promises: it fits, it is short, it finds its places, it is right. */
class ShippedLessonsTest {

    /**
     * What is read in two minutes and a half, at the pace of a text about something new: a new
     * word's meaning is read where it stands.
     */
    private static final int MOST_WORDS = 600;
    private static final Pattern WORD = Pattern.compile("\\S*[\\p{L}\\p{N}]\\S*");
    /** A mark of the Latin script that a Chinese letter stands beside. */
    private static final Pattern HALF_WIDTH =
            Pattern.compile("\\p{IsHan}\\s?[,.:;?!()\"]|[,.:;?!()\"]\\s?\\p{IsHan}");
    private static final Pattern CHANGE = Pattern.compile("(dst|src) (\\S+) → (\\S+)");
    private static final Pattern ALL =
            Pattern.compile("[Aa]ll (\\d+)(?: calls)? (succeed|fail)");
    private static final Pattern SOME = Pattern.compile("\\d+ calls of \\d+");
    /** A number that is written in digits in every language, or an address. */
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d.:]*\\d");

    static Stream<Page> lessons() {
        return ShippedLessons.lessons();
    }

    static List<Page> pages() {
        return ShippedLessons.pages();
    }

    private static PlaybackViewModel open(Page page, List<String> lit) {
        Recording recording = page.recording();
        PlaybackViewModel playback =
                new PlaybackViewModel(recording, new ShownViewModel(recording));
        new LessonViewModel(page.lesson(), playback, lit::addAll).open(page.number());
        return playback;
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void aLessonIsReadInTwoMinutesAndAHalf(Page first) {
        long words = WORD.matcher(first.lesson().title().in(Locale.ENGLISH)).results().count();
        for (Lesson.Chapter chapter : first.lesson().chapters()) {
            for (Text text : ShippedLessons.seen(chapter)) {
                words += WORD.matcher(text.in(Locale.ENGLISH)).results().count();
            }
        }
        assertThat(words).isLessThanOrEqualTo(MOST_WORDS);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aChapterFindsItsPlace(Page page) {
        List<String> lit = new ArrayList<>();
        PlaybackViewModel playback = open(page, lit);
        Recording recording = page.recording();
        Lesson.Scene scene = page.chapter().scene();

        int hop = playback.hop().get();
        assertThat(playback.shown().followed().get()).isNotEqualTo(ShownViewModel.ALL);
        assertThat(recording.flow(recording.hop(hop).attempt())).isEqualTo(scene.flow());
        assertThat(recording.attempt(recording.hop(hop).attempt()).outcome().name())
                .isEqualTo(scene.outcome());
        assertThat(playback.secret().get()).isEqualTo(scene.hidden());
        assertThat(playback.time().get()).isEqualTo(recording.time(hop));
        assertThat(lit).isEqualTo(page.chapter().highlight())
                .isSubsetOf(recording.wiring().spaces().stream().map(each -> each.label())
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void whatIsAskedHasOneRightAnswerAndAReplyToEach(Page page) {
        Lesson.Question question = page.chapter().question();
        assertThat(question != null || !page.chapter().scene().hidden()).isTrue();
        if (question != null) {
            assertThat(question.answers()).filteredOn(Answer::right).hasSize(1);
            assertThat(question.answers()).noneMatch(
                    each -> each.reply().in(Locale.ENGLISH).isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void allIsSaidInBothLanguagesAndPunctuatedAsItsOwn(Page page) {
        assertThat(ShippedLessons.seen(page.chapter())).allSatisfy(text -> {
            String chinese = text.in(Locale.SIMPLIFIED_CHINESE);
            assertThat(HALF_WIDTH.matcher(chinese).find()).as(chinese).isFalse();
            assertThat(text.in(Locale.ENGLISH).codePoints().noneMatch(Character::isIdeographic))
                    .isTrue();
            // A name, or addresses, are alike in all languages.
            assertThat(text.byLanguage().containsKey("zh")
                    || text.in(Locale.ENGLISH).matches("\\S+|.*→.*|✓ n\\d")).as(text.toString())
                    .isTrue();
        });
    }

    /** Failure and fix stand beside each other: what is beside is found as well. */
    @ParameterizedTest
    @MethodSource("pages")
    void whatStandsBesideIsFound(Page page) {
        Lesson.Beside beside = page.chapter().beside();
        if (beside != null) {
            Recording recording = page.recording(beside.settings());
            HopFilter wanted = HopFilter.parse(beside.scene().find());

            assertThat(recording.attempts()).anyMatch(each -> each.flow()
                    .equals(beside.scene().flow())
                    && each.outcome().name().equals(beside.scene().outcome())
                    && Arrays.stream(recording.hopsOf(each.attempt())).anyMatch(
                            hop -> wanted.matches(recording.hop(hop), recording::facts)));
        }
    }

    /** Each lesson shows a failure, or what it costs, and its mend beside each other; and asks. */
    @ParameterizedTest
    @MethodSource("lessons")
    void aLessonComparesAndAsks(Page first) {
        assertThat(first.lesson().chapters()).hasSizeGreaterThanOrEqualTo(5)
                .anyMatch(each -> each.beside() != null)
                .anyMatch(each -> each.question() != null);
    }

    /** A reader knows what an IP address and a port are. */
    @ParameterizedTest
    @MethodSource("lessons")
    void everyNewWordIsExplainedWhereItFirstStands(Page first) throws IOException {
        List<String> explained = new ArrayList<>();
        for (Lesson.Chapter chapter : first.lesson().chapters()) {
            chapter.terms().forEach(each -> explained.add(
                    each.word().in(Locale.ENGLISH).toLowerCase(Locale.ROOT)));
            String text = ShippedLessons.seen(chapter).stream().map(each -> each.in(Locale.ENGLISH))
                    .collect(Collectors.joining("\n")).replaceAll("`[^`]*`", "");
            for (String word : Vocabulary.words()) {
                boolean stands = Pattern.compile("(?<![\\w-])" + Pattern.quote(word)
                        + "s?(?![\\w-])", Pattern.CASE_INSENSITIVE).matcher(text).find();
                assertThat(!stands || explained.stream().anyMatch(
                        known -> known.contains(word.toLowerCase(Locale.ROOT)))).as(
                                "\"%s\" in chapter %s", word, chapter.title())
                        .isTrue();
            }
        }
    }

    /** A number of two digits or more comes from the file, the settings, the run, or the trace. */
    @ParameterizedTest
    @MethodSource("pages")
    void noNumberIsMadeUp(Page page) {
        Recording recording = page.recording();
        PlaybackViewModel playback = open(page, new ArrayList<>());
        Set<String> known = new HashSet<>(List.of());
        recording.run().flows().forEach(flow -> {
            int all = flow.results().stream().mapToInt(ResultCount::count).sum();
            int answered = flow.results().stream()
                    .filter(each -> each.key().outcome() == Outcome.Answered)
                    .mapToInt(ResultCount::count).sum();
            known.addAll(List.of(all + "", answered + "", all - answered + ""));
        });
        StringBuilder told = new StringBuilder(page.chapter().settings().toString());
        new YamlViewModel(playback).rows().forEach(row -> told.append('\n').append(row.text()));
        for (int hop : playback.shown().hops().get()) {
            told.append('\n').append(recording.hop(hop).header().addresses());
            recording.visit(hop).changes().forEach(
                    each -> told.append('\n').append(each.before()).append(' ')
                            .append(each.after()));
        }
        for (Text text : ShippedLessons.seen(page.chapter())) {
            numbers(text, Locale.ENGLISH).forEach(number -> assertThat(known.contains(number)
                    || Pattern.compile("(?<![\\d.])" + Pattern.quote(number) + "(?!\\d)")
                            .matcher(told).find())
                    .as(number).isTrue());
        }
    }

    /** "All 300 succeed", "92 calls of 300": of the whole run, not only of what is traced. */
    @ParameterizedTest
    @MethodSource("pages")
    void theCountsAreTheRuns(Page page) {
        String flow = page.chapter().scene().flow();
        List<ResultCount> results = page.recording().run().flows().stream()
                .filter(each -> each.flow().equals(flow))
                .flatMap(each -> each.results().stream()).toList();
        int all = results.stream().mapToInt(ResultCount::count).sum();
        int answered = results.stream().filter(each -> each.key().outcome() == Outcome.Answered)
                .mapToInt(ResultCount::count).sum();
        for (Text text : ShippedLessons.seen(page.chapter())) {
            String words = text.in(Locale.ENGLISH).replaceAll("\\s+", " ");
            ALL.matcher(words).results().forEach(each -> {
                assertThat(Integer.parseInt(each.group(1))).isEqualTo(all);
                assertThat(answered).isEqualTo(each.group(2).equals("succeed") ? all : 0);
            });
            SOME.matcher(words).results().forEach(each -> assertThat(each.group())
                    .isEqualTo((all - answered) + " calls of " + all));
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void bothLanguagesGiveTheSameNumbers(Page page) {
        for (Text text : ShippedLessons.seen(page.chapter())) {
            assertThat(numbers(text, Locale.SIMPLIFIED_CHINESE))
                    .isEqualTo(numbers(text, Locale.ENGLISH));
        }
    }

    private static List<String> numbers(Text text, Locale language) {
        return NUMBER.matcher(text.in(language)).results().map(MatchResult::group).distinct()
                .sorted().toList();
    }

    /** Addresses in a table are the trace's, and stand beside the one who changed them. */
    @ParameterizedTest
    @MethodSource("pages")
    void changesInATableWereMade(Page page) {
        Lesson.Table table = page.chapter().table();
        if (table == null) {
            return;
        }
        PlaybackViewModel playback = open(page, new ArrayList<>());
        List<String> made = Arrays.stream(playback.shown().hops().get())
                .mapToObj(page.recording()::visit)
                .flatMap(visit -> visit.changes().stream()
                        .map(each -> each.field() + " " + each.before() + " " + each.after()))
                .toList();
        table.rows().forEach(row -> row.forEach(cell -> CHANGE.matcher(cell.in(Locale.ENGLISH))
                .results().forEach(change -> {
                    String field = change.group(1).equals("src") ? "source" : "destination";
                    assertThat(made).anyMatch(each -> each.startsWith(
                            field + " " + change.group(2))
                            && each.contains(
                                    " " + change.group(3)));
                })));
    }

    /** The chapters of each run, which one window can show. */
    static Collection<List<Page>> windows() {
        return ShippedLessons.pages().stream().collect(Collectors.groupingBy(
                page -> page.scenario() + "" + page.chapter().settings(), LinkedHashMap::new,
                Collectors.toList())).values();
    }

    @ParameterizedTest
    @MethodSource("windows")
    void aChapterFitsASmallWindow(List<Page> pages) {
        fits(pages, Locale.ENGLISH);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void aChapterFitsASmallWindowInChinese(List<Page> pages) {
        assumeTrue(Fonts.chinese().isPresent(), "no font with Chinese letters is installed");
        fits(pages, Locale.SIMPLIFIED_CHINESE);
    }

    /** Before its question is answered, and after, whatever the answers. */
    private static void fits(List<Page> pages, Locale language) {
        Fx.call(() -> {
            Look look = new Look(Palette.LIGHT, ViewerWords.in(language));
            look.apply();
            Session session = new Session(pages.getFirst().recording(),
                    Optional.of(pages.getFirst().lesson()), Optional.empty(), Runnable::run,
                    Runnable::run);
            Scene scene = Pictures.scene(new Workbench(session, look, 1280, new Nobody()), 1280,
                    720);
            for (Page page : pages) {
                fits(page, session.lesson().orElseThrow(), scene, language);
            }
            return 0;
        });
    }

    private static void fits(Page page, LessonViewModel lesson, Scene scene, Locale language) {
        lesson.open(page.number());
        assertThat(tooHigh(scene)).as(language + " " + page).isNotPositive();
        Lesson.Question question = page.chapter().question();
        for (int i = 0; question != null && i < question.answers().size(); i++) {
            lesson.resume(new LessonMarks());
            lesson.open(page.number());
            lesson.answer(i);
            assertThat(tooHigh(scene)).as(language + " " + page + " answer " + (i + 1))
                    .isNotPositive();
        }
    }

    /** By how much the page is higher than its pane. */
    private static double tooHigh(Scene scene) {
        Pictures.of(scene);
        ScrollPane pane = (ScrollPane) Objects.requireNonNull(
                scene.lookup("#lesson .scroll-pane"));
        return pane.getContent().getLayoutBounds().getHeight()
                - pane.getViewportBounds().getHeight() - 0.5;
    }

    private static final class Nobody implements Workbench.Actions {
        @Override
        public void openChapter(int chapter) {
            throw new AssertionError("nobody pressed");
        }

        @Override
        public void tryOut(List<String> settings) {
            throw new AssertionError("nobody pressed");
        }
    }
}
