package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Item.Area;
import dev.podhop.reports.picture.Item.Cross;
import dev.podhop.reports.picture.Item.Sign;
import dev.podhop.reports.picture.Item.Stroke;
import dev.podhop.reports.picture.Item.Style;
import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Layout.Card;
import dev.podhop.reports.picture.Layout.Kind;
import dev.podhop.reports.picture.Layout.Spot;
import dev.podhop.reports.picture.Letters.Face;
import dev.podhop.reports.picture.Moment.Ending;
import dev.podhop.reports.picture.Moment.Pass;
import dev.podhop.trace.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what is said at a moment: packets, translations, reasons, numbers. */
final class Signs {

    private static final double LINE = 13.5;
    private static final double PADDING = 12;
    private static final double TOKEN = 18;
    private static final double WIDEST = 230;
    private static final double NUMBER = 15;
    /** Where along a wire a number may stand, the best place first. */
    private static final double[] SHARES = {0.5, 0.36, 0.64, 0.22, 0.78};

    private final Layout layout;
    private final Placer placer;
    private final List<Item> items;
    private final PictureWords words;

    Signs(Layout layout, Placer placer, List<Item> items, PictureWords words) {
        this.layout = layout;
        this.placer = placer;
        this.items = items;
        this.words = words;
    }

    /** The packet under the cursor: its kind in a word, where no other word stands. */
    void token(Pass pass, Role role, Point at, boolean lost, @Nullable String hook) {
        PacketKind kind = pass.visit().kind();
        double wide = Letters.width(kind.word(), Face.BOLD, Letters.SMALL) + PADDING;
        Box box = placer.inside(Box.around(at.x(), at.y(), wide, TOKEN));
        Word word = Word.around("", kind.word(), Face.BOLD, Letters.SMALL, box.centerX(),
                box.centerY(), Ink.ON_COLOUR);
        boolean free = placer.isFree(word.box());
        Box drawn = free ? box : placer.inside(Box.around(at.x(), at.y(), 16, 14));
        boolean wire = pass.next() != null;
        items.add(new Sign(kind, role, drawn, pass.visit().place(), hook, pass.hop(), true, wire));
        placer.take(drawn);
        if (free) {
            items.add(word);
        }
        if (lost) {
            items.add(new Cross(new Point(drawn.right() + 5, drawn.centerY()), pass.visit().place(),
                    hook,
                    pass.hop()));
        }
    }

    /** Address translations, old and new, where room is kept for them. */
    void note(Visit visit, List<String> lines, Ink ink, boolean current) {
        Spot spot = layout.at(visit.place());
        if (spot == null) {
            return;
        }
        Card card = layout.card(visit.balancer());
        Box band = spot.notes();
        double most = Math.min(WIDEST, layout.ground().width() - 20);
        List<String> wrapped = Captions.wrapped(lines,
                band == null ? most : band.width() - PADDING);
        double width = widest(wrapped) + PADDING;
        double height = wrapped.size() * LINE + 4;
        Box box = band == null ? null
                : Box.around(band.centerX(), band.y() + height / 2,
                        width, height);
        boolean fits = box != null && band != null && height <= band.height() + 1
                && placer.isFree(box);
        if (box == null || !fits) {
            Point near = card != null ? new Point(card.box().centerX(),
                    card.box().bottom() + 24 + height / 2)
                    : new Point(spot.box().centerX(), spot.box().bottom() + height / 2);
            box = placer.near(near, width, height, spot);
        } else {
            placer.take(box);
        }
        if (box != null) {
            items.add(new Area("", box, 6, Ink.SURFACE, 1, ink, current ? 1.8 : 1, Style.SOLID));
            for (int i = 0; i < wrapped.size(); i++) {
                items.add(Word.around(spot.label(), wrapped.get(i), Face.MONO, Letters.SMALL,
                        box.centerX(), box.y() + 2 + (i + 0.5) * LINE, ink));
            }
        }
    }

    private static double widest(List<String> lines) {
        return lines.stream().mapToDouble(line -> Letters.width(line, Face.MONO, Letters.SMALL))
                .max().orElse(0);
    }

    /** Why a packet ended, and where. */
    void reason(Ending ending, Point at, @Nullable String hook) {
        Spot spot = layout.at(ending.visit().place());
        boolean marked = items.stream().anyMatch(
                item -> item instanceof Cross cross && cross.hop() == ending.hop());
        if (!marked) {
            items.add(new Cross(at, ending.visit().place(), hook, ending.hop()));
        }
        String said = ending.visit().reason()
                + (ending.count() > 1 ? " ×" + ending.count() : "");
        pill(said, under(spot, at), spot, Ink.BAD);
    }

    /** Below a pod, at a node's foot of its kernel: where room is kept. */
    private static Point under(@Nullable Spot spot, Point at) {
        if (spot == null || spot.kind() == Kind.EDGE) {
            return at;
        }
        Box notes = spot.notes();
        return notes == null ? new Point(spot.box().centerX(), spot.box().bottom() + 11)
                : new Point(notes.centerX(), notes.bottom() - 9);
    }

    private void pill(String text, Point near, @Nullable Spot spot, Ink ink) {
        double width = Letters.width(text, Face.BOLD, Letters.SMALL) + PADDING;
        Box box = placer.near(near, width, 17, spot);
        if (box != null) {
            items.add(new Area("", box, 6, ink, 1, null, 0, Style.SOLID));
            items.add(Word.around(spot == null ? "" : spot.label(), text, Face.BOLD,
                    Letters.SMALL, box.centerX(), box.centerY(), Ink.ON_COLOUR));
        }
    }

    /** That the answer was expected at a place. */
    void expected(Box where, Spot spot) {
        boolean above = spot.kind() == Kind.EDGE || spot.hooks() != null;
        pill(words.get("ghost"), new Point(where.right() - 60,
                above ? where.y() : where.bottom()), spot, Ink.GHOST);
    }

    /** A number at a wire, where there is room. */
    void number(int value, Path wire, Ink ink) {
        for (double share : SHARES) {
            Point at = wire.at(share);
            Box circle = Box.around(at.x(), at.y(), NUMBER, NUMBER);
            if (placer.isFree(circle)) {
                placer.take(circle);
                items.add(new Area("", circle, NUMBER, ink, 1, null, 0, Style.SOLID));
                items.add(Word.around("", String.valueOf(value), Face.BOLD,
                        Letters.SMALL, at.x(), at.y(), Ink.ON_COLOUR));
                return;
            }
        }
    }

    /**
     * Too many packets to tell apart: a band as wide as their number's logarithm, and the number.
     */
    void load(Path path, int count, Role role) {
        if (count > 0) {
            items.add(new Stroke(path, Ink.of(role), 2 + Math.log(count) * 1.4, Style.SOLID, 1,
                    true));
            pill(String.valueOf(count), path.at(0.5), null, Ink.of(role));
        }
    }
}
