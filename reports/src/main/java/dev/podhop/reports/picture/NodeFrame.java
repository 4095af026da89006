package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Item.Cable;
import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Layout.Crowd;
import dev.podhop.reports.picture.Layout.Kind;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Letters.Face;
import dev.podhop.reports.picture.Wiring.Device;
import dev.podhop.reports.picture.Wiring.Space;
import dev.podhop.reports.picture.Wiring.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A node from its title down to its pods. */
final class NodeFrame {

    /** Between the bridge and the first row of pods, at least. */
    static final double VETH = 26;
    /** The port in the middle of the bridge: of pods that are only counted. */
    static final String PODS = "(pods)";
    private static final double INSET = 6;
    private static final double NAME = 12.5;
    private static final double NAME_LINE = 15;
    static final double LINE = 13.5;
    private static final int MOST_LINES = 3;
    /** Half of what the way through the title needs. */
    private static final double GATE = 20;
    private static final double LEAST = 128;
    private static final double STAND = 24;
    private static final double BRIDGE = 27;
    private static final double BUS = 8;
    private static final double FOOT = 8;
    private static final double REASON = 20;
    private static final double WIDE_GAP = 36;

    private final Cast cast;
    private final Space node;
    private final Captions said;
    private final boolean kernel;
    private final int across;
    private final boolean roomy;
    private final List<PodFrame> pods = new ArrayList<>();
    private final List<Space> shown;
    private final double card;
    private final double gap;
    private final String bridge;

    /**
     * A node.
     *
     * @param across pods side by side at most
     * @param roomy whether it is so wide that a translation fits one line
     */
    NodeFrame(Cast cast, Space node, Captions said, int across, boolean roomy) {
        this.roomy = roomy;
        this.cast = cast;
        this.node = node;
        this.said = said;
        this.kernel = cast.hasKernel(node);
        this.shown = cast.pods(node);
        this.across = Math.max(1, Math.min(across, shown.size()));
        for (Space pod : shown) {
            pods.add(new PodFrame(pod, cast.visited(pod.label()),
                    said.ofPod(pod.label(), pod.address())));
        }
        this.card = pods.stream().mapToDouble(PodFrame::width).max().orElse(0);
        boolean crowded = shown.stream().skip(this.across)
                .anyMatch(pod -> cast.visited(pod.label()));
        this.gap = crowded ? WIDE_GAP : PodFrame.GAP;
        this.bridge = node.devices().stream().filter(Device::isBridge).map(Device::name)
                .findFirst().orElse("");
    }

    private int rows() {
        return (pods.size() + across - 1) / across;
    }

    double width() {
        double name = Letters.widthFor(node.name(), Face.BOLD, NAME, MOST_LINES, 44);
        double address = Letters.widthFor(outer(), Face.MONO, Letters.SMALL, 2, 40);
        double title = 2 * (Math.max(Math.max(name, address), said.widest(hidden())) + GATE + 8);
        double cards = across * (card + gap) - gap + 2 * INSET
                + (rows() > 1 ? 2 * gap : 0);
        double notes = roomy ? said.noteWidth(node.label()) + 2 * INSET + 14 : 0;
        return Math.max(Math.max(LEAST, Math.max(title, notes)),
                Math.max(kernel ? HookPlates.WIDTH : 0, cards));
    }

    private String outer() {
        return node.devices().stream().filter(d -> !d.isBridge() && d.bridge() == null)
                .flatMap(d -> d.addresses().stream()).findFirst().orElse(node.address());
    }

    private int hidden() {
        return cast.allPods(node).size() - shown.size();
    }

    private double half(double width) {
        return width / 2 - GATE - 8;
    }

    private List<String> name(double width) {
        return Letters.wrap(node.name(), Face.BOLD, NAME, half(width));
    }

    private List<String> address(double width) {
        return Letters.wrap(outer(), Face.MONO, Letters.SMALL, half(width));
    }

    private double title(double width) {
        double left = name(width).size() * NAME_LINE + address(width).size() * LINE;
        double right = said.lines(node.name(), hidden(), kernel) * LINE;
        return Math.max(left, right) + 7;
    }

    private double notes(double width) {
        int lines = said.noteLines(node.label(), width - 2 * INSET - 12);
        double reason = said.isLostAt(node.label()) ? REASON : 0;
        return (lines == 0 ? 6 : lines * LINE + 12) + reason;
    }

    private double row(int row, double width) {
        double own = cardWidth(width);
        double high = 0;
        for (int i = row * across; i < Math.min(pods.size(), (row + 1) * across); i++) {
            high = Math.max(high, pods.get(i).height(own));
        }
        return high;
    }

    private double cardWidth(double width) {
        double inner = width - 2 * INSET - (rows() > 1 ? 2 * gap : 0);
        return Math.min(card * 1.35, (inner + gap) / across - gap);
    }

    private double core() {
        return kernel ? HookPlates.HEIGHT : STAND;
    }

    private double bus() {
        return kernel && !bridge.isEmpty() ? BRIDGE : BUS;
    }

    /** At a width, with so much room between the bridge and each row of pods. */
    double height(double width, double veth) {
        double high = title(width) + core() + notes(width);
        if (!pods.isEmpty()) {
            high += bus();
            for (int row = 0; row < rows(); row++) {
                high += veth + row(row, width);
            }
        }
        return high + foot();
    }

    /** Below the pods: more where it is to be said why a packet ended in one. */
    private double foot() {
        return shown.stream().anyMatch(pod -> said.isLostAt(pod.label())) ? FOOT + REASON : FOOT;
    }

    /** The node first, then its pods; their cables are added to those. */
    List<Spot> place(Box box, double veth, List<Cable> cables) {
        double gate = box.centerX();
        double y = box.y() + title(box.width());
        Box core = new Box(box.x() + INSET, y, box.width() - 2 * INSET, core());
        HookPlates hooks = kernel ? new HookPlates(core, gate) : null;
        Box notes = new Box(core.x(), core.bottom() + 2, core.width(), notes(box.width()) - 4);
        Box bar = new Box(core.x(), core.bottom() + notes(box.width()), core.width(),
                pods.isEmpty() ? 0 : bus());
        List<Word> words = titles(box, gate);
        Box drawn = kernel && !bridge.isEmpty() && !pods.isEmpty() ? bar : null;
        if (drawn != null) {
            bridge(drawn, gate, words);
        }
        Map<String, Point> ports = new HashMap<>();
        Point door = new Point(gate, box.y());
        node.devices().stream().filter(d -> !d.isBridge() && d.bridge() == null)
                .forEach(d -> ports.put(d.name(), door));
        ports.put(PODS, new Point(gate, bar.bottom()));
        List<Spot> spots = new ArrayList<>(pods(box, bar, veth, ports, cables));
        Box status = new Box(gate + GATE, box.y() + 4 + (kernel ? LINE : 0), half(box.width()),
                title(box.width()) - 8);
        spots.addFirst(new Spot(node.label(), Kind.NODE, node.name(), outer(), node.label(), box,
                words, hooks, drawn, notes, status, ports, new Point(gate, core.centerY()),
                new Crowd(0, hidden())));
        return spots;
    }

    private List<Word> titles(Box box, double gate) {
        List<Word> words = new ArrayList<>();
        double y = box.y() + 4;
        for (String line : name(box.width())) {
            words.add(Word.at(node.label(), line, Face.BOLD, NAME, box.x() + 8, y + NAME_LINE / 2,
                    Ink.TEXT));
            y += NAME_LINE;
        }
        for (String line : address(box.width())) {
            words.add(Word.at(node.label(), line, Face.MONO, Letters.SMALL, box.x() + 8,
                    y + LINE / 2, Ink.FAINT));
            y += LINE;
        }
        if (kernel) {
            words.add(Word.at(node.label(), "eth0", Face.MONO, Letters.SMALL, gate + GATE,
                    box.y() + 4 + LINE / 2, Ink.FAINT));
        }
        return words;
    }

    /** Its name left of the gate; with its address where there is room. */
    private void bridge(Box bar, double gate, List<Word> words) {
        String address = node.devices().stream().filter(d -> d.name().equals(bridge))
                .flatMap(d -> d.addresses().stream()).findFirst().orElse("");
        String whole = (bridge + " " + address).strip();
        double room = gate - GATE - bar.x() - 6;
        String name = Letters.width(whole, Face.MONO, Letters.SMALL) <= room ? whole : bridge;
        if (Letters.width(name, Face.MONO, Letters.SMALL) <= room) {
            words.add(Word.at(node.label(), name, Face.MONO, Letters.SMALL, bar.x() + 6,
                    bar.y() + 8, Ink.FAINT));
        }
    }

    private List<Spot> pods(Box box, Box bar, double veth, Map<String, Point> ports,
            List<Cable> cables) {
        List<Spot> spots = new ArrayList<>();
        double own = cardWidth(box.width());
        double top = bar.bottom();
        for (int row = 0; row < rows(); row++) {
            int first = row * across;
            int count = Math.min(across, pods.size() - first);
            double all = across * (own + gap) - gap;
            double left = box.centerX() - all / 2;
            // Later rows stand under the first one, so that their cables find the gaps.
            double shift = row == 0 && rows() == 1 ? (across - count) * (own + gap) / 2 : 0;
            for (int i = 0; i < count; i++) {
                PodFrame frame = pods.get(first + i);
                Box at = new Box(left + shift + i * (own + gap), top + veth, own,
                        row(row, box.width()));
                Spot spot = frame.spot(node.label(), at, false);
                spots.add(spot);
                List<Point> line = new ArrayList<>();
                double end = spot.stand().x();
                if (row == 0) {
                    line.add(new Point(end, bar.bottom()));
                } else {
                    double lane = at.x() - gap / 2;
                    line.add(new Point(lane, bar.bottom()));
                    line.add(new Point(lane, top + veth / 2));
                    line.add(new Point(end, top + veth / 2));
                }
                line.add(new Point(end, at.y()));
                cables.add(new Cable(node.label(), spot.label(), new Path(line)));
                ports.put(spot.label(), line.getFirst());
                for (Wire wire : cast.wiring().wiresOf(spot.label())) {
                    if (wire.other(spot.label()).equals(node.label())
                            && !wire.device(node.label()).isEmpty()) {
                        ports.put(wire.device(node.label()), line.getFirst());
                    }
                }
            }
            top += veth + row(row, box.width());
        }
        return spots;
    }
}
