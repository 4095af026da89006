package dev.podhop.viz.window;

import dev.podhop.viz.events.EventsView;
import dev.podhop.viz.inspector.InspectorView;
import dev.podhop.viz.lanes.LanesView;
import dev.podhop.viz.playback.PlaybackBar;
import dev.podhop.viz.style.Sheet;
import dev.podhop.viz.style.Words;
import dev.podhop.viz.topology.TopologyView;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.BorderPane;

/**
 * All panes of a session. In a wide window the list stands on the left; in a narrow one it shares
 * the foot with the lanes, so that the topology keeps its room.
 */
public final class Workbench extends BorderPane {

    private static final double WIDE = 1500;

    private final Words words;
    private final TopologyView topology;
    private final LanesView lanes;
    private final EventsView events;
    private final InspectorView inspector;
    private boolean wide;

    public Workbench(Session session, Look look, double width) {
        this.words = look.words();
        setId("workbench");
        getStyleClass().add(look.palette().dark() ? "dark" : "light");
        getStylesheets().addAll(Sheet.of(Workbench.class), look.fonts());
        setTop(new PlaybackBar(session.playback(), session.attempts(), words));
        topology = new TopologyView(session.topology(), look.palette());
        lanes = new LanesView(session.lanes(), look.palette());
        events = new EventsView(session.events(), words);
        inspector = new InspectorView(session.why(words.language()), session.packet(),
                session.state(), session.yaml(), words);
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

    private void arrange() {
        SplitPane middle = wide ? new SplitPane(tabs("side", events), topology, inspector)
                : new SplitPane(topology, inspector);
        middle.setDividerPositions(wide ? new double[] {0.235, 0.76} : new double[] {0.70});
        SplitPane all = new SplitPane(middle,
                wide ? lanes : tabs("foot", lanes, events));
        all.setOrientation(Orientation.VERTICAL);
        all.setDividerPositions(wide ? 0.8 : 0.72);
        setCenter(all);
    }

    private TabPane tabs(String id, Node... contents) {
        TabPane tabs = new TabPane();
        tabs.setId(id);
        tabs.getStyleClass().add("dense");
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        for (Node content : contents) {
            Tab tab = new Tab(words.get(content == lanes ? "lanes" : "events"), content);
            tabs.getTabs().add(tab);
        }
        return tabs;
    }

    /** All of the topology in view. */
    public void fit() {
        topology.fit();
    }
}
