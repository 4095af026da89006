package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Layout.Crowd;
import dev.podhop.reports.picture.Layout.Kind;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Letters.Face;
import dev.podhop.reports.picture.Wiring.Space;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pod's card, or that of a host outside: its name in as many lines as it needs. */
final class PodFrame {

    /** Cards side by side at most. */
    static final int ACROSS = 4;
    static final double GAP = 8;
    private static final double LEAST = 88;
    private static final double MOST_ONE_LINE = 150;
    private static final int MOST_LINES = 3;
    private static final double NAME = 12;
    private static final double NAME_LINE = 14;
    private static final double LINE = 13.5;
    private static final double PADDING = 6;
    /** Room for a packet. */
    private static final double STAND = 22;

    private final Space space;
    private final boolean stands;
    private final boolean says;

    /**
     * A card.
     *
     * @param stands whether packets come here
     * @param says whether its state is written
     */
    PodFrame(Space space, boolean stands, boolean says) {
        this.space = space;
        this.stands = stands;
        this.says = says;
    }

    /** The least width that is good to read. */
    double width() {
        double name = Letters.width(space.name(), Face.BOLD, NAME) + 2 * PADDING;
        double address = Letters.width(space.address(), Face.MONO, Letters.SMALL) + 2 * PADDING;
        double narrow = Letters.widthFor(space.name(), Face.BOLD, NAME, MOST_LINES,
                LEAST - 2 * PADDING) + 2 * PADDING;
        double best = name <= MOST_ONE_LINE ? name : Math.max(narrow, 110);
        return Math.max(LEAST, Math.max(best, Math.min(address, 120)));
    }

    private List<String> name(double width) {
        return Letters.wrap(space.name(), Face.BOLD, NAME, width - 2 * PADDING);
    }

    private List<String> address(double width) {
        return space.address().isEmpty() ? List.of()
                : Letters.wrap(space.address(), Face.MONO, Letters.SMALL, width - 2 * PADDING);
    }

    double height(double width) {
        return (stands ? STAND : 3) + name(width).size() * NAME_LINE
                + address(width).size() * LINE + (says ? LINE : 0) + 5;
    }

    /**
     * The card.
     *
     * @param home the label of the node that it is on
     * @param below whether its port is below, towards the edge
     */
    Spot spot(String home, Box box, boolean below) {
        double y = box.y() + (stands && !below ? STAND : 3) + 1;
        List<Word> words = new ArrayList<>();
        for (String line : name(box.width())) {
            words.add(Word.around(space.label(), line, Face.BOLD, NAME, box.centerX(),
                    y + NAME_LINE / 2, Ink.TEXT));
            y += NAME_LINE;
        }
        for (String line : address(box.width())) {
            words.add(Word.around(space.label(), line, Face.MONO, Letters.SMALL, box.centerX(),
                    y + LINE / 2, Ink.FAINT));
            y += LINE;
        }
        Box status = says ? new Box(box.x() + 3, y, box.width() - 6, LINE) : null;
        Point port = new Point(box.centerX(), below ? box.bottom() : box.y());
        Map<String, Point> ports = new HashMap<>();
        space.devices().forEach(device -> ports.put(device.name(), port));
        ports.putIfAbsent("eth0", port);
        Point stand = new Point(box.centerX(),
                below ? box.bottom() - STAND / 2 : box.y() + STAND / 2);
        return new Spot(space.label(), below ? Kind.EXTERNAL : Kind.POD, space.name(),
                space.address(), home, box, words, null, null, null, status, ports, stand,
                Crowd.NOBODY);
    }
}
