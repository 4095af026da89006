package dev.podhop.viz.window;

import dev.podhop.viz.export.Pictures;
import dev.podhop.viz.export.Studio;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.LongFunction;
import javafx.scene.Node;
import javafx.scene.Scene;

/** Pictures of a workbench as it stands in the window; films from a second one off the screen. */
final class DeskStudio implements Studio {

    private static final List<String> PANES = List.of("topology", "compare", "events", "lanes",
            "inspector", "lesson");

    private final Session session;
    private final Workbench bench;
    private final Look look;

    DeskStudio(Session session, Workbench bench, Look look) {
        this.session = session;
        this.bench = bench;
        this.look = look;
    }

    @Override
    public List<String> panes() {
        return PANES.stream().filter(pane -> bench.lookup("#" + pane) != null).toList();
    }

    @Override
    public BufferedImage picture(String pane) {
        bench.reveal(pane);
        bench.applyCss();
        bench.layout();
        return Pictures.of(part(bench, pane));
    }

    @Override
    public LongFunction<BufferedImage> film(String pane, int width, int height) {
        Session copy = session.copy();
        Workbench extra = new Workbench(copy, look, width, Workbench.Actions.NONE);
        Scene scene = Pictures.scene(extra, width, height);
        extra.reveal(pane);
        // The first pass gives cells and cards their sizes, and what follows from those.
        Pictures.of(scene);
        return nanos -> {
            copy.playback().seek(nanos);
            BufferedImage whole = Pictures.of(scene);
            return pane.isEmpty() ? whole : Pictures.of(part(extra, pane));
        };
    }

    private static Node part(Workbench bench, String pane) {
        Node found = pane.isEmpty() ? null : bench.lookup("#" + pane);
        return found == null ? bench : found;
    }
}
