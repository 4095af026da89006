package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Item.Area;
import dev.podhop.reports.picture.Item.Cable;
import dev.podhop.reports.picture.Item.Stroke;
import dev.podhop.reports.picture.Item.Style;
import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Layout.Card;
import dev.podhop.reports.picture.Layout.Kind;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Letters.Face;
import dev.podhop.reports.picture.Life.Member;
import dev.podhop.reports.picture.Life.NodeLife;
import dev.podhop.reports.picture.Life.Now;
import dev.podhop.reports.picture.Life.PodLife;
import dev.podhop.reports.picture.Life.Stage;
import dev.podhop.reports.picture.Life.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Draws what stands still, as it is at a time: zones, places with their states, wires. */
final class GroundArtist {

    private static final double ARC = 9;
    private static final double DOOR = 4;

    private final Layout layout;
    private final Now now;
    private final PictureWords words;
    private final List<Item> items = new ArrayList<>();

    GroundArtist(Layout layout, Now now, PictureWords words) {
        this.layout = layout;
        this.now = now;
        this.words = words;
    }

    List<Item> draw() {
        layout.zones().forEach(zone -> {
            items.add(new Area("", zone.box(), 12, Ink.RAISED, 0.5, Ink.FAINT, 1, Style.DOTTED));
            items.addAll(zone.words());
        });
        layout.spots().values().stream().filter(spot -> spot.kind() == Kind.NODE)
                .forEach(this::node);
        layout.spots().values().stream().filter(spot -> spot.kind() == Kind.TILE)
                .forEach(this::tile);
        layout.spots().values().stream().filter(spot -> spot.kind() == Kind.EDGE)
                .forEach(spot -> {
                    items.add(Area.of(spot.label(), spot.box(), ARC, Ink.SURFACE, Ink.LINE));
                    items.addAll(spot.words());
                });
        layout.cards().values().forEach(this::card);
        List<Cable> there = layout.cables().stream().filter(this::isThere).toList();
        items.addAll(there);
        layout.spots().values().stream()
                .filter(spot -> spot.kind() == Kind.POD || spot.kind() == Kind.EXTERNAL)
                .forEach(this::host);
        if (layout.level() == Level.KERNEL) {
            there.forEach(cable -> {
                device(cable.path().points().getFirst());
                device(cable.path().points().getLast());
            });
        }
        return items;
    }

    /** A pod that is not made yet, or gone, is plugged in nowhere. */
    private boolean isThere(Cable cable) {
        Stage stage = now.pod(cable.b()).stage();
        return stage != Stage.UNBORN && stage != Stage.GONE;
    }

    private void device(Point at) {
        items.add(Area.of("", Box.around(at.x(), at.y(), 2 * DOOR, 2 * DOOR), 3, Ink.SURFACE,
                Ink.FAINT));
    }

    private void node(Spot node) {
        NodeLife life = now.node(node.name());
        items.add(new Area(node.label(), node.box(), ARC, Ink.SURFACE, 1,
                life.ready() ? Ink.LINE : Ink.BAD, life.ready() ? 1 : 1.8,
                life.ready() ? Style.SOLID : Style.DASHED));
        if (node.hooks() != null) {
            items.add(new Area("", node.hooks().kernel().grown(2), 6, Ink.RAISED, 1, null, 0,
                    Style.SOLID));
            node.hooks().plates().forEach(plate -> items.add(
                    Area.of("", plate.box(), 4, Ink.SURFACE, Ink.LINE)));
        }
        if (node.bridge() != null) {
            items.add(Area.of("", node.bridge(), 5, Ink.RAISED, Ink.LINE));
        }
        items.addAll(node.words());
        status(node, life);
    }

    private void status(Spot node, NodeLife life) {
        Box at = node.status();
        if (at == null) {
            return;
        }
        List<Word> lines = new ArrayList<>();
        if (!life.ready()) {
            lines.add(statusLine(node, at, lines, words.get("node.not-ready"), Ink.BAD));
        } else if (!life.schedulable()) {
            lines.add(statusLine(node, at, lines, words.get("node.cordoned"), Ink.RESET));
        }
        if (life.behind()) {
            lines.add(statusLine(node, at, lines, words.get("node.behind"), Ink.RESET));
        }
        if (node.crowd().pods() > 0) {
            lines.add(statusLine(node, at, lines, words.get("pods.more", node.crowd().pods()),
                    Ink.FAINT));
        }
        items.addAll(lines);
    }

    private static Word statusLine(Spot node, Box at, List<Word> before, String text, Ink ink) {
        return Word.at(node.label(), text, Face.PLAIN, Letters.SMALL, at.x(),
                at.y() + (before.size() + 0.5) * NodeFrame.LINE, ink);
    }

    private void host(Spot host) {
        PodLife life = now.pod(host.label());
        Stage stage = life.stage();
        boolean ghostly = stage == Stage.UNBORN || stage == Stage.GONE;
        boolean dead = stage == Stage.GONE || !life.running() && stage != Stage.UNBORN
                && stage != Stage.STARTING;
        Ink line = dead && !ghostly ? Ink.BAD : switch (stage) {
            case UNBORN, GONE, STARTING -> Ink.FAINT;
            case NOT_READY, TERMINATING -> Ink.RESET;
            case READY -> Ink.LINE;
        };
        Style style = stage == Stage.READY || stage == Stage.NOT_READY ? Style.SOLID
                : Style.DASHED;
        items.add(new Area(host.label(), host.box(), 8, ghostly ? Ink.GROUND : Ink.RAISED, 1,
                line, stage == Stage.READY && !dead ? 1 : 1.7, style));
        host.words().forEach(word -> items.add(ghostly ? word.inked(Ink.FAINT) : word));
        if (dead) {
            double x = host.box().x() + 8;
            double y = host.box().y() + 8;
            for (int side : new int[] {-1, 1}) {
                items.add(new Stroke(new Path(List.of(new Point(x - 4, y - 4 * side),
                        new Point(x + 4, y + 4 * side))), Ink.BAD, 2, Style.SOLID, 1, false));
            }
        }
        said(host, life);
    }

    /** Its state, and the Services that list it; as much as has room. */
    private void said(Spot pod, PodLife life) {
        Box at = pod.status();
        if (at == null) {
            return;
        }
        String state = switch (life.stage()) {
            case UNBORN -> words.get("pod.unborn");
            case STARTING -> words.get("pod.starting");
            case NOT_READY -> words.get(life.running() ? "pod.not-ready" : "pod.stopped");
            case READY -> life.running() ? "" : words.get("pod.stopped");
            case TERMINATING -> words.get(life.running() ? "pod.terminating" : "pod.stopped");
            case GONE -> words.get("pod.gone");
        };
        List<Member> members = now.members(pod.address());
        boolean gone = life.stage() == Stage.UNBORN || life.stage() == Stage.GONE;
        String names = gone ? ""
                : members.stream()
                        .map(each -> (each.ready() ? "● " : "○ ") + each.service())
                        .collect(Collectors.joining(" "));
        String count = members.size() < 2 || gone ? ""
                : (members.stream().allMatch(Member::ready) ? "● " : "○ ")
                        + words.get("services", members.size());
        Ink ink = life.stage() == Stage.READY && life.running() ? Ink.FAINT
                : gone ? Ink.FAINT
                : Ink.RESET;
        for (String text : List.of((state + " " + names).strip(), (state + " " + count).strip(),
                state, names.isEmpty() ? "" : names.substring(0, 1))) {
            if (!text.isEmpty() && Letters.width(text, Face.PLAIN, Letters.SMALL) <= at.width()) {
                items.add(Word.around(pod.label(), text, Face.PLAIN, Letters.SMALL, at.centerX(),
                        at.centerY(), ink));
                return;
            }
        }
    }

    private void card(Card card) {
        items.add(Area.of("edge", card.box(), 6, Ink.RAISED, Ink.LINE));
        items.addAll(card.words());
        Box at = card.status();
        if (at == null) {
            return;
        }
        List<Target> targets = now.targets(card.name());
        long well = targets.stream().filter(Target::healthy).count();
        String text = words.get("targets", well, targets.size());
        String brief = well + "/" + targets.size();
        boolean fits = Letters.width(text, Face.PLAIN, Letters.SMALL) <= at.width();
        items.add(Word.around("edge", fits ? text : brief, Face.PLAIN, Letters.SMALL,
                at.centerX(), at.centerY(), well == targets.size() ? Ink.GOOD
                        : well == 0 ? Ink.BAD
                        : Ink.RESET));
    }

    /** Small nodes behind each other, and how many there are. */
    private void tile(Spot tile) {
        Box at = tile.box();
        for (double behind : new double[] {6, 3, 0}) {
            items.add(Area.of(behind == 0 ? tile.label() : "", new Box(at.x() + behind,
                    at.y() + behind, at.width() - behind - 6, at.height() - 6), 6, Ink.RAISED,
                    Ink.LINE));
        }
        items.addAll(tile.words());
    }
}
