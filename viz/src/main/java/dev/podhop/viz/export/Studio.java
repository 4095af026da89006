package dev.podhop.viz.export;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.LongFunction;

/** What can be pictured. On the JavaFX thread only. */
public interface Studio {

    /** Names of the panes that there are, {@code topology} and so on. */
    List<String> panes();

    /** What a pane shows now, as large as it is; of no pane, the window. */
    BufferedImage picture(String pane);

    /**
     * A second set of panes, off the screen, that nobody else moves: shows any time.
     *
     * @param pane empty for all of them
     */
    LongFunction<BufferedImage> film(String pane, int width, int height);
}
