package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Item.Area;
import dev.podhop.reports.picture.Item.Cable;
import dev.podhop.reports.picture.Item.Cross;
import dev.podhop.reports.picture.Item.Sign;
import dev.podhop.reports.picture.Item.Stroke;
import dev.podhop.reports.picture.Item.Style;
import dev.podhop.reports.picture.Item.Word;
import dev.podhop.reports.picture.Letters.Face;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A drawing as SVG. Colours are classes ({@code i-request} strokes, {@code f-request} fills) with a
 * style sheet for light and dark, so that a page may bring its own.
 */
public final class Svg {

    private static final String LIGHT = "ground:#f6f8fa surface:#ffffff raised:#eef2f6"
            + " line:#b9c3ce text:#1c2733 faint:#5f6f80 request:#0072b2 reply:#008a66"
            + " reset:#c2410c error:#9c4f8b neighbour:#7a8794 ghost:#8f5e00 bad:#c2260c"
            + " good:#00795a accent:#0969da on-colour:#ffffff";
    private static final String DARK = "ground:#10151b surface:#1a212a raised:#252e39"
            + " line:#4a5868 text:#e8edf2 faint:#9fadbb request:#56b4e9 reply:#2fc79b"
            + " reset:#f0803c error:#d58fc4 neighbour:#8b98a5 ghost:#f0b429 bad:#ff6b57"
            + " good:#3ddc97 accent:#58a6ff on-colour:#000000";

    private final StringBuilder out = new StringBuilder();

    private Svg() {}

    /** A whole file, whose colours follow the reader's preference for light or dark. */
    public static String file(Drawing drawing) {
        Svg svg = new Svg();
        svg.line("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\""
                + " width=\"%s\" height=\"%s\">", drawing.width(), drawing.height(),
                drawing.width(), drawing.height());
        svg.out.append("<style>").append(styles()).append("</style>\n");
        svg.out.append("<rect class=\"f-ground\" width=\"100%\" height=\"100%\"/>\n");
        // As it is: rounded up, the right and the lower edge would be cut.
        svg.out.append(String.format(Locale.ROOT, "<g transform=\"scale(%.6f)\">\n",
                drawing.scale()));
        drawing.items().forEach(svg::item);
        svg.out.append("</g>\n</svg>\n");
        return svg.out.toString();
    }

    /** Items alone, for a page that has a style sheet and a frame for them. */
    public static String fragment(List<Item> items) {
        Svg svg = new Svg();
        items.forEach(svg::item);
        return svg.out.toString();
    }

    /** The style sheet that a page with fragments needs. */
    public static String styles() {
        return "svg{" + variables(LIGHT) + "}"
                + "@media(prefers-color-scheme:dark){svg{" + variables(DARK) + "}}"
                + Arrays.stream(Ink.values()).map(Svg::name)
                        .map(ink -> ".f-" + ink + "{fill:var(--" + ink + ")}.i-" + ink
                                + "{stroke:var(--" + ink + ");fill:none}")
                        .collect(Collectors.joining())
                + "text{font-family:Inter,'DejaVu Sans','Noto Sans CJK SC',sans-serif}"
                + ".b{font-weight:600}.m{font-family:'JetBrains Mono','DejaVu Sans Mono',"
                + "monospace}";
    }

    /** The colours as custom properties, for a page that has a switch for light and dark. */
    public static String colours(boolean dark) {
        return variables(dark ? DARK : LIGHT);
    }

    private static String variables(String palette) {
        return palette.lines().flatMap(line -> Arrays.stream(line.split(" ")))
                .map(each -> "--" + each + ";").collect(Collectors.joining());
    }

    private static String name(Ink ink) {
        return ink.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void line(String format, Object... values) {
        Object[] texts = Arrays.stream(values)
                .map(each -> each instanceof Double number ? number(number) : each).toArray();
        out.append(String.format(Locale.ROOT, format, texts)).append('\n');
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private void item(Item item) {
        switch (item) {
            case Area area -> area(area);
            case Stroke stroke -> stroke(stroke);
            case Cable cable -> line("<polyline class=\"i-line\" points=\"%s\""
                    + " stroke-width=\"1.6\"/>", points(cable.path()));
            case Word word -> word(word);
            case Sign sign -> sign(sign);
            case Cross cross -> line("<path class=\"i-bad\" stroke-width=\"3.4\" d=\"M%s %sl12 12"
                    + "m0 -12l-12 12\"/>", cross.at().x() - 6, cross.at().y() - 6);
        }
    }

    private void area(Area area) {
        Box box = area.box();
        String fill = area.fill() == null ? "none"
                : area.share() >= 1 ? "var(--" + name(area.fill()) + ")"
                : "color-mix(in srgb, var(--" + name(area.fill()) + ") "
                        + Math.round(area.share() * 100) + "%, var(--surface))";
        String stroke = area.line() == null ? ""
                : " stroke=\"var(--" + name(area.line()) + ")\" stroke-width=\""
                        + number(area.width()) + "\"" + dashes(area.style());
        String about = area.about().isEmpty() ? ""
                : " data-about=\"" + escaped(area.about())
                        + "\"";
        line("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\"%s%s/>",
                box.x(), box.y(), box.width(), box.height(), area.arc() / 2, fill, stroke, about);
    }

    private static String dashes(Style style) {
        return switch (style) {
            case SOLID, DOUBLE -> "";
            case DOTTED -> " stroke-dasharray=\"1.5 5\" stroke-linecap=\"round\"";
            case DASHED -> " stroke-dasharray=\"7 4\"";
            case GHOST -> " stroke-dasharray=\"9 8\"";
        };
    }

    private void stroke(Stroke stroke) {
        String points = points(stroke.path());
        String look = "stroke-width=\"" + number(stroke.width())
                + "\" stroke-linejoin=\"round\" opacity=\"" + number(stroke.opacity()) + "\""
                + dashes(stroke.style());
        line("<polyline class=\"i-%s\" points=\"%s\" %s/>", name(stroke.ink()), points, look);
        if (stroke.style() == Style.DOUBLE) {
            line("<polyline class=\"i-surface\" points=\"%s\" stroke-width=\"1.3\"/>", points);
        }
        List<Point> head = stroke.head() ? Heads.of(stroke.path()) : List.of();
        if (!head.isEmpty()) {
            line("<polygon class=\"f-%s\" points=\"%s\" opacity=\"%s\"/>", name(stroke.ink()),
                    points(new Path(head)), stroke.opacity());
        }
    }

    private static String points(Path path) {
        return path.points().stream().map(each -> number(each.x()) + "," + number(each.y()))
                .collect(Collectors.joining(" "));
    }

    private void word(Word word) {
        Box box = word.box();
        String face = word.face() == Face.BOLD ? " b" : word.face() == Face.MONO ? " m" : "";
        String anchor = word.centered() ? " text-anchor=\"middle\"" : "";
        line("<text class=\"f-%s%s\" x=\"%s\" y=\"%s\" font-size=\"%s\"%s>%s</text>",
                name(word.ink()), face, word.centered() ? box.centerX() : box.x(),
                box.centerY() + word.size() * 0.36, word.size(), anchor, escaped(word.text()));
    }

    private void sign(Sign sign) {
        line("<polygon class=\"f-%s\" points=\"%s\" data-hop=\"%s\"/>",
                name(Ink.of(sign.role())), points(new Path(Heads.outline(sign.kind(),
                        sign.box()))),
                sign.hop());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
