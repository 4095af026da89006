package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Cast.Group;
import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Layout.Crowd;
import dev.podhop.reports.picture.Layout.Kind;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Letters.Face;
import java.util.List;
import java.util.Map;

/** Nodes that are only counted. */
final class TileFrame {

    static final double HEIGHT = 66;
    private static final double STAND = 24;
    private static final double MARGIN = 26;

    private final Group group;
    private final String nodes;
    private final String pods;
    private final Crowd crowd;

    TileFrame(Cast cast, Group group, Captions said) {
        this.group = group;
        this.crowd = new Crowd(group.counted().size(), cast.countPods(group.counted()));
        this.nodes = said.words().get("nodes.more", crowd.nodes());
        this.pods = said.words().get("nodes.pods", crowd.pods());
    }

    double width() {
        return Math.max(76, Math.max(Letters.width(nodes, Face.BOLD, 12),
                Letters.width(pods, Face.PLAIN, Letters.SMALL)) + MARGIN);
    }

    /** The label of the tile, by which it is known in the layout. */
    String label() {
        return "zone/" + group.zone();
    }

    Spot place(Box box) {
        double x = box.centerX() - 3;
        List<Word> words = List.of(
                Word.around(label(), nodes, Face.BOLD, 12, x, box.y() + STAND + 9, Ink.TEXT),
                Word.around(label(), pods, Face.PLAIN, Letters.SMALL, x, box.y() + STAND + 25,
                        Ink.FAINT));
        return new Spot(label(), Kind.TILE, group.zone(), "", label(), box, words, null, null, null,
                null, Map.of("eth0", new Point(box.centerX(), box.y())),
                new Point(box.centerX(), box.y() + STAND / 2 + 2), crowd);
    }
}
