package dev.podhop.viz.window;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.ViewerWords;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javafx.application.Application;

/** A theme and a language. */
public record Look(Palette palette, ViewerWords words) {

    /** Makes controls look so; canvases ask the palette. */
    public void apply() {
        Application
                .setUserAgentStylesheet(palette.dark() ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
    }

    /** A style sheet with the fonts that this machine has. */
    String fonts() {
        String family = words.isChinese() ? Fonts.chinese().orElse(Fonts.sans()) : Fonts.sans();
        String css =
                ".root, #workbench, .overlay, .page { -fx-font-family: '" + family
                        + "'; }\n.mono, .mono .list-cell"
                        + " { -fx-font-family: '" + Fonts.mono() + "'; }\n";
        return "data:text/css;base64," + Base64.getEncoder()
                .encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }
}
