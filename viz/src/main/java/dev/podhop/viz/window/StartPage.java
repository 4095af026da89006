package dev.podhop.viz.window;

import dev.podhop.viz.start.StartPageDoors;
import dev.podhop.viz.start.StartView;
import dev.podhop.viz.start.StartViewModel;
import dev.podhop.viz.style.Stylesheet;

/** The start page of a session, for a window and for a picture. */
public final class StartPage {

    private StartPage() {}

    /** The page as a picture has it: nothing can be opened there. */
    public static StartView picture(Session session, Look look) {
        return of(session, look, StartPageDoors.NONE);
    }

    static StartView of(Session session, Look look, StartPageDoors doors) {
        StartView page = new StartView(new StartViewModel(session.recording(), look.words()),
                look.palette(), look.words(), session.shown().failedOnly(), doors);
        page.getStylesheets().addAll(0, java.util.List.of(Stylesheet.of(Workbench.class),
                look.fonts()));
        return page;
    }
}
