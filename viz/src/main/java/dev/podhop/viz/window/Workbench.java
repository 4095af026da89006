package dev.podhop.viz.window;

import dev.podhop.viz.ask.AskViewModel;
import dev.podhop.viz.ask.OddsBar;
import dev.podhop.viz.compare.CompareView;
import dev.podhop.viz.events.EventsView;
import dev.podhop.viz.inspector.InspectorView;
import dev.podhop.viz.lanes.LanesView;
import dev.podhop.viz.lesson.LessonView;
import dev.podhop.viz.lesson.QuizCard;
import dev.podhop.viz.lesson.QuizViewModel;
import dev.podhop.viz.playback.PlaybackBar;
import dev.podhop.viz.recording.AskedCall;
import dev.podhop.viz.style.Stylesheet;
import dev.podhop.viz.style.ViewerWords;
import dev.podhop.viz.topology.TopologyView;
import dev.podhop.viz.whatif.WhatIfView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/**
 * All panes of a session. In a wide window the list stands on the left; in a narrow one it shares
 * the foot with the lanes, so that the topology keeps its room.
 */
public final class Workbench extends BorderPane {

    private static final double WIDE = 1500;

    /** What needs another run. */
    public interface Actions {

        /** Opens a chapter of the lesson. */
        void openChapter(int chapter);

        /** Runs the scenario under settings too, and compares. */
        void tryOut(List<String> settings);

        /** Files that were open before, the last one first. */
        default List<Path> recent() {
            return List.of();
        }

        /** Opens another file. */
        default void open(Path file) {}

        /** Asks a call, and shows an attempt of it with its odds. */
        default void ask(AskedCall question) {}

        /** Has somebody asked whom a place is to call. */
        default void ask(String caller) {}

        /** Somebody was chosen to call; whom, is what is clicked on next. */
        default void callerChosen(String caller) {}

        /** The next drop in view, else the next failure of the run; where one can be looked for. */
        default void nextFailure() {}

        /** What a key does too; nothing where there are no keys. */
        default void act(Deed deed) {}

        /** Of panes that are only looked at: nobody can press a button there. */
        Actions NONE = new Actions() {
            @Override
            public void openChapter(int chapter) {
                // Pages are not turned in a picture.
            }

            @Override
            public void tryOut(List<String> settings) {
                // Nor is anything run for one.
            }
        };
    }

    private final ViewerWords words;
    private final TopologyView topology;
    /** The drawing, or two of them. */
    private final Node middle;
    private final LanesView lanes;
    private final PlaceMenu menu;
    private final InspectorView inspector;
    private final EventsView events;
    private final QuizViewModel quiz;
    private final Tab quizTab;
    private final List<Tab> side = new ArrayList<>();
    private final Optional<Node> lessonView;
    private boolean wide;

    /**
     * A workbench.
     *
     * @param width of the window, from which the arrangement follows
     * @param actions what only the desk can do
     */
    public Workbench(Session session, Look look, double width, Actions actions) {
        this.words = look.words();
        setId("workbench");
        getStyleClass().add(look.palette().dark() ? "dark" : "light");
        getStylesheets().addAll(Stylesheet.of(Workbench.class), look.fonts());
        PlaybackBar bar = new PlaybackBar(session.playback(), session.attempts(), words,
                DeedMenu.of(words, actions), actions::nextFailure);
        setTop(bar);
        AskViewModel ask = new AskViewModel(session.playback());
        session.recording().asked().ifPresent(asked -> setTop(new VBox(bar,
                new OddsBar(ask, words, answer -> actions.ask(
                        asked.question().ending(answer)), () -> actions.act(Deed.UNDO)))));
        topology = new TopologyView(session.topology(), look.palette(), words);
        menu = new PlaceMenu(ask, words, actions);
        topology.onMenu((place, at) -> menu.open(topology, place, at.getX(), at.getY()));
        topology.onChoice((place, at) -> menu.chosen(topology, place, at.getX(), at.getY()));
        middle = session.beside().<Node>map(each -> new CompareView(each.compare(), topology,
                new TopologyView(each.topology(), look.palette(), words), words))
                .orElse(topology);
        lanes = new LanesView(session.lanes(), look.palette(), words);
        inspector = new InspectorView(session.why(words), session.packet(words),
                session.state(), session.yaml(), words);
        inspector.follow(session.tab());
        lessonView = session.lesson()
                .map(each -> new LessonView(each, words, actions::openChapter));
        quiz = session.quiz(words);
        quizTab = tab("quiz", padded(new QuizCard(quiz, words)));
        events = new EventsView(session.events(words), words);
        side.add(tab("events", events));
        side.add(quizTab);
        side.add(tab("whatif",
                padded(new WhatIfView(session.whatIf(), words, actions::tryOut))));
        wide = width >= WIDE;
        arrange();
        widthProperty().addListener((of, old, now) -> {
            boolean isWide = now.doubleValue() >= WIDE;
            if (now.doubleValue() > 0 && isWide != wide) {
                wide = isWide;
                arrange();
            }
        });
    }

    private static ScrollPane padded(Node content) {
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("padded");
        return scroll;
    }

    /** A lesson needs the height of the window, wherever it stands. */
    private void arrange() {
        side.forEach(tab -> {
            if (tab.getTabPane() != null) {
                tab.getTabPane().getTabs().remove(tab);
            }
        });
        List<Node> across = new ArrayList<>();
        List<Tab> foot = new ArrayList<>(List.of(tab("lanes", lanes)));
        lessonView.ifPresent(across::add);
        boolean compares = middle != topology;
        if (wide && lessonView.isEmpty() && !compares) {
            across.add(tabs("side", side));
        } else {
            foot.addAll(side);
        }
        across.add(middle);
        if (compares) {
            // Two drawings need the whole width.
            foot.add(tab("inspector", inspector));
        } else {
            across.add(inspector);
        }
        SplitPane row = new SplitPane(across.toArray(Node[]::new));
        row.setDividerPositions(dividers(across.size()));
        SplitPane all = new SplitPane(row, foot.size() == 1 ? lanes : tabs("foot", foot));
        all.setOrientation(Orientation.VERTICAL);
        all.setDividerPositions(wide || compares ? 0.79 : 0.72);
        setCenter(all);
    }

    private double[] dividers(int panes) {
        if (panes == 1) {
            return new double[0];
        }
        if (panes == 2) {
            return new double[] {0.70};
        }
        return wide ? new double[] {0.247, 0.76} : new double[] {0.27, 0.77};
    }

    private Tab tab(String id, Node content) {
        Tab tab = new Tab(words.get(id), content);
        tab.setId("tab-" + id);
        return tab;
    }

    private static TabPane tabs(String id, List<Tab> contents) {
        TabPane tabs = new TabPane();
        tabs.setId(id);
        tabs.getStyleClass().add("dense");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.getTabs().setAll(contents);
        return tabs;
    }

    /** Goes on where another stopped: with its question, and its tab in front. */
    void goOnWith(Workbench before) {
        quiz.goOnWith(before.quiz);
        before.side.stream().filter(Tab::isSelected).findFirst()
                .ifPresent(tab -> reveal(tab.getId().substring("tab-".length())));
    }

    /** What only this row has, or what not, to choose from by keyboard. */
    void narrow() {
        reveal("events");
        events.menu();
    }

    /** Nobody is about to call any more. */
    void forgetCaller() {
        menu.forget();
        topology.say("");
    }

    /** Says that whom somebody calls is what is clicked on next. */
    void callerChosen(String caller) {
        topology.say(words.get("ask.click", caller));
    }

    /** Brings a pane to the front that may lie behind another tab. */
    public void reveal(String pane) {
        if (quizTab.getTabPane() == null || pane.isEmpty()) {
            return;
        }
        quizTab.getTabPane().getTabs().stream()
                .filter(tab -> tab.getId().equals("tab-" + pane)).findFirst()
                .ifPresent(quizTab.getTabPane().getSelectionModel()::select);
    }

    /** All of the topology in view. */
    void fit() {
        topology.fit();
    }

    /** Asks about the next hop. */
    void predict() {
        if (quizTab.getTabPane() != null) {
            quizTab.getTabPane().getSelectionModel().select(quizTab);
        }
        quiz.askNext();
    }

    /** Shows a tab of the inspector. */
    void inspect(String tab) {
        inspector.open(tab);
    }
}
