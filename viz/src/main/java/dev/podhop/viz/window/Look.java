package dev.podhop.viz.window;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.podhop.viz.style.Fonts;
import dev.podhop.viz.style.Palette;
import dev.podhop.viz.style.Words;
import javafx.application.Application;

/** A theme and a language. */
public record Look(Palette palette, Words words) {

    /** Makes controls look so; canvases ask the palette. */
    public void apply() {
        Application
                .setUserAgentStylesheet(palette.dark() ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
    }

    /** The root's inline style: fonts are whatever the machine has. */
    String fonts() {
        String family = words.isChinese() ? Fonts.chinese().orElse(Fonts.sans()) : Fonts.sans();
        return "-fx-font-family: '" + family + "';";
    }
}
