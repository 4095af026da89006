package dev.podhop.viz.style;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/** The best of the fonts that the machine has; none is shipped. */
public final class Fonts {

    private static final Set<String> HAD = new HashSet<>(Font.getFamilies());
    private static final String SANS = first(List.of("Inter", "Segoe UI", "Helvetica Neue",
            "Noto Sans", "Roboto", "Ubuntu", "DejaVu Sans")).orElse("System");
    private static final String MONO = first(List.of("JetBrains Mono", "Cascadia Mono", "Menlo",
            "Noto Sans Mono", "DejaVu Sans Mono")).orElse("Monospaced");
    private static final Optional<String> CHINESE = first(List.of("Noto Sans CJK SC",
            "Noto Sans SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei",
            "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"));

    private record Measured(String text, Font font) {}

    /** Every frame measures much the same words again; the oldest are forgotten. */
    private static final Map<Measured, Double> WIDTHS =
            new LinkedHashMap<>(1024, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Measured, Double> eldest) {
                    return size() > 4096;
                }
            };

    private Fonts() {}

    private static Optional<String> first(List<String> families) {
        return families.stream().filter(HAD::contains).findFirst();
    }

    /** For sentences. */
    public static String sans() {
        return SANS;
    }

    /** For what tools print. */
    public static String mono() {
        return MONO;
    }

    /** A family with Chinese characters; empty where the machine has none. */
    public static Optional<String> chinese() {
        return CHINESE;
    }

    public static Font plain(double size) {
        return Font.font(SANS, size);
    }

    public static Font bold(double size) {
        return Font.font(SANS, FontWeight.SEMI_BOLD, size);
    }

    /** For the viewer's own words on a canvas, in a family that has their letters. */
    public static Font inWords(ViewerWords words, double size) {
        return words.isChinese() && CHINESE.isPresent()
                ? Font.font(CHINESE.get(), FontWeight.BOLD, size)
                : bold(size);
    }

    public static Font mono(double size) {
        return Font.font(MONO, size);
    }

    /** How wide a text is. */
    public static double width(String text, Font font) {
        return WIDTHS.computeIfAbsent(new Measured(text, font), each -> {
            Text measured = new Text(each.text());
            measured.setFont(each.font());
            return measured.getLayoutBounds().getWidth();
        });
    }

    /** The text, or its beginning and an ellipsis where it is too wide. */
    public static String fit(String text, Font font, double width) {
        if (width(text, font) <= width) {
            return text;
        }
        int low = 0;
        int high = text.length();
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (width(text.substring(0, middle) + "…", font) <= width) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low == 0 ? "" : text.substring(0, low) + "…";
    }
}
