package dev.podhop.reports.out;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last gate before a stream: whatever a verb or a library prints, no control character passes
 * but line feeds and the few colours that Podhop itself uses. Who lays a text out has shown names
 * by {@link Shown#line} before, because only there is it known which line breaks are a name's.
 */
public final class Guard extends FilterWriter {

    /** Bold, faint, red, green, and all of it off. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[(?:0|1|2|31|32)m");

    private final boolean colours;

    /**
     * A gate.
     *
     * @param colours whether the colours pass: on a terminal
     */
    public Guard(Writer to, boolean colours) {
        super(to);
        this.colours = colours;
    }

    @Override
    public void write(int letter) throws IOException {
        write(String.valueOf((char) letter));
    }

    @Override
    public void write(char[] letters, int from, int length) throws IOException {
        write(new String(letters, from, length));
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        write(text.substring(from, from + length));
    }

    @Override
    public void write(String text) throws IOException {
        if (!colours) {
            out.write(Shown.lines(text));
            return;
        }
        Matcher colour = COLOUR.matcher(text);
        int end = 0;
        while (colour.find()) {
            out.write(Shown.lines(text.substring(end, colour.start())));
            out.write(colour.group());
            end = colour.end();
        }
        out.write(Shown.lines(text.substring(end)));
    }
}
