package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Layout.Card;
import dev.podhop.reports.picture.Layout.Crowd;
import dev.podhop.reports.picture.Layout.Kind;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Letters.Face;
import dev.podhop.reports.picture.Wiring.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cloud's edge: a lane above for what is outside, a lane below for nodes, and between them the
 * load balancers. A packet leaves its lane only for the balancer that it asks.
 */
final class EdgeFrame {

    /** Half a lane, from the edge's border to its middle. */
    static final double LANE = 13;
    private static final double NAME = 12;
    private static final double LINE = 13.5;
    private static final double STAND = 74;
    private static final double CARD_GAP = 30;
    private static final double TITLE_GAP = 26;
    private static final double LONGEST = 190;

    private final Cast cast;
    private final Space edge;
    private final Captions said;
    private final Map<String, String> balancers = new LinkedHashMap<>();
    private final int hidden;

    EdgeFrame(Cast cast, Space edge, Captions said) {
        this.cast = cast;
        this.edge = edge;
        this.said = said;
        Map<String, List<String>> all = new LinkedHashMap<>();
        cast.wiring().balancers().forEach(each -> all.computeIfAbsent(each.name(),
                name -> new ArrayList<>()).add(each.address()));
        all.forEach((name, addresses) -> {
            if (cast.hasIdleEdge() && all.size() <= 6 || said.asks(name)) {
                balancers.put(name, addresses.getFirst()
                        + (addresses.size() > 1 ? " +" + (addresses.size() - 1) : ""));
            }
        });
        hidden = all.size() - balancers.size();
    }

    private boolean hasOutside() {
        return !cast.outside().isEmpty();
    }

    private String title() {
        return said.words().get("edge");
    }

    private String more() {
        return hidden == 0 ? "" : said.words().get("balancers.more", hidden);
    }

    private double titleWidth() {
        return Math.max(Letters.width(title(), Face.BOLD, NAME),
                Letters.width(more(), Face.PLAIN, Letters.SMALL)) + TITLE_GAP;
    }

    private static double textWidth(String name, String address) {
        double wide = Letters.widthFor(name, Face.BOLD, NAME, 2,
                Math.min(LONGEST, Letters.width(name, Face.BOLD, NAME)));
        return Math.max(70, Math.max(wide,
                Letters.widthFor(address, Face.MONO, Letters.SMALL, 2, Math.min(LONGEST,
                        Letters.width(address, Face.MONO, Letters.SMALL)))));
    }

    private double cardWidth(String name, String address) {
        return textWidth(name, address) + 14 + (said.asks(name) ? STAND : 4);
    }

    double width() {
        return titleWidth() + 20 + balancers.entrySet().stream()
                .mapToDouble(each -> cardWidth(each.getKey(), each.getValue()) + CARD_GAP).sum();
    }

    private double cards() {
        double high = more().isEmpty() ? 16 : 30;
        for (Map.Entry<String, String> each : balancers.entrySet()) {
            high = Math.max(high, cardHeight(each.getKey(), each.getValue()));
        }
        return high;
    }

    private double cardHeight(String name, String address) {
        double wide = textWidth(name, address);
        int lines = Letters.wrap(name, Face.BOLD, NAME, wide).size()
                + Letters.wrap(address, Face.MONO, Letters.SMALL, wide).size()
                + (said.hasTargets(name) ? 1 : 0);
        return Math.max(28, lines * LINE + 8);
    }

    double height() {
        return cards() + (hasOutside() ? 2 * LANE : 8) + 2 * LANE;
    }

    /** The edge in a box; its ports stand where those that it joins have theirs. */
    Spot place(Box box, Map<String, Point> ports, Map<String, Card> cards) {
        double top = box.y() + (hasOutside() ? 2 * LANE : 8);
        List<Word> words = new ArrayList<>();
        double middle = top + cards() / 2;
        boolean more = !more().isEmpty();
        words.add(Word.at(edge.label(), title(), Face.BOLD, NAME, box.x() + 12,
                middle - (more ? 7 : 0), Ink.TEXT));
        if (more) {
            words.add(Word.at(edge.label(), more(), Face.PLAIN, Letters.SMALL, box.x() + 12,
                    middle + 8, Ink.FAINT));
        }
        double used = balancers.entrySet().stream()
                .mapToDouble(each -> cardWidth(each.getKey(), each.getValue())).sum();
        double room = box.width() - titleWidth() - 20 - used;
        double gap = balancers.isEmpty() ? 0 : room / (balancers.size() + 1);
        double x = box.x() + titleWidth() + 10 + gap;
        for (Map.Entry<String, String> each : balancers.entrySet()) {
            double wide = cardWidth(each.getKey(), each.getValue());
            Box at = new Box(x, top, wide, cards());
            cards.put(each.getKey(), card(each.getKey(), each.getValue(), at));
            x += wide + gap;
        }
        return new Spot(edge.label(), Kind.EDGE, edge.name(), "", edge.label(), box, words, null,
                null, null, null, ports, new Point(box.centerX(), box.bottom() - LANE),
                Crowd.NOBODY);
    }

    private Card card(String name, String address, Box box) {
        double wide = textWidth(name, address);
        double center = box.x() + 7 + wide / 2;
        List<Word> words = new ArrayList<>();
        List<String> names = Letters.wrap(name, Face.BOLD, NAME, wide);
        List<String> addresses = Letters.wrap(address, Face.MONO, Letters.SMALL, wide);
        boolean health = said.hasTargets(name);
        int lines = names.size() + addresses.size() + (health ? 1 : 0);
        double y = box.centerY() - lines * LINE / 2;
        for (String line : names) {
            words.add(Word.around(edge.label(), line, Face.BOLD, NAME, center, y + LINE / 2,
                    Ink.TEXT));
            y += LINE;
        }
        for (String line : addresses) {
            words.add(Word.around(edge.label(), line, Face.MONO, Letters.SMALL, center,
                    y + LINE / 2, Ink.FAINT));
            y += LINE;
        }
        Box status = health ? new Box(box.x() + 3, y, wide + 8, LINE) : null;
        Point stand = new Point(said.asks(name) ? box.right() - STAND / 2 : box.centerX(),
                box.centerY());
        return new Card(name, address, box, words, status, stand);
    }
}
