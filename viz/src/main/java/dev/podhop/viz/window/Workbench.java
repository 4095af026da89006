package dev.podhop.viz.window;

import dev.podhop.viz.events.EventsView;
import dev.podhop.viz.playback.PlaybackBar;
import dev.podhop.viz.style.Sheet;
import dev.podhop.viz.topology.TopologyView;
import javafx.geometry.Orientation;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;

/** All panes of a session. */
public final class Workbench extends BorderPane {

    private final TopologyView topology;

    public Workbench(Session session, Look look) {
        setId("workbench");
        getStyleClass().add(look.palette().dark() ? "dark" : "light");
        getStylesheets().add(Sheet.of(Workbench.class));
        setStyle(look.fonts());
        setTop(new PlaybackBar(session.playback(), session.attempts(), look.words()));
        topology = new TopologyView(session.topology(), look.palette());
        SplitPane middle =
                new SplitPane(new EventsView(session.events(), look.words()), topology);
        middle.setDividerPositions(0.3);
        SplitPane all = new SplitPane(middle);
        all.setOrientation(Orientation.VERTICAL);
        setCenter(all);
    }

    /** All of the topology in view. */
    public void fit() {
        topology.fit();
    }
}
