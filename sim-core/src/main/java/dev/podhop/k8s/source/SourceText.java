package dev.podhop.k8s.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From a file's bytes to the texts of its documents, refusing what is no text with the place where
 * it stops being.
 */
final class SourceText {

    private SourceText() {}

    /**
     * One document's text, its separator line included.
     *
     * @param firstLine how many of the file's lines stand before it
     */
    record Chunk(int firstLine, String text) {

        /** With blanks for the tabs of a line behind its first key; places stay as they are. */
        Chunk withoutTabs(Location line) {
            String[] lines = text.split("\n", -1);
            int at = line.line() - firstLine - 1;
            if (at < 0 || at >= lines.length) {
                return this;
            }
            String old = lines[at];
            int first = 0;
            while (first < old.length() && Character.isWhitespace(old.charAt(first))) {
                first++;
            }
            lines[at] = old.substring(0, first) + old.substring(first).replace('\t', ' ');
            return new Chunk(firstLine, String.join("\n", lines));
        }
    }

    /**
     * The text of UTF-8 bytes, or of UTF-16 ones that begin with a byte order mark, as PowerShell
     * writes them; without that mark; null, and a problem, if they are none.
     */
    static @Nullable String decode(String name, byte[] bytes, Problems problems) {
        Charset charset = charset(bytes);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError() || in.hasRemaining()) {
            String found = String.format(Locale.ROOT, "the byte 0x%02x, which is not %s",
                    bytes[in.position()] & 0xff, charset.name());
            problems.unexpected(place(name, out.flip()), "", found, charset.name() + " text");
            return null;
        }
        out.flip();
        if (out.hasRemaining() && out.get(0) == '\ufeff') {
            out.position(1);
        }
        return out.toString();
    }

    /** By the mark at its beginning. */
    private static Charset charset(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return mark == 0xfeff ? StandardCharsets.UTF_16BE
                : mark == 0xfffe ? StandardCharsets.UTF_16LE
                : StandardCharsets.UTF_8;
    }

    /**
     * Whether the text holds only what YAML allows; else its first control character is a problem.
     */
    static boolean isPrintable(String name, String text, Problems problems) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean printable =
                    c >= ' ' && c < 0x7f || c == '\n' || c == '\r' || c == '\t' || c == 0x85
                            || c >= 0xa0 && c < 0xfffe;
            if (!printable) {
                problems.unexpected(place(name, text.subSequence(0, i)), "",
                        String.format(Locale.ROOT, "the control character U+%04X", (int) c),
                        "text");
                return false;
            }
        }
        return true;
    }

    /** The place just behind {@code before}. */
    private static Location place(String name, CharSequence before) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < before.length(); i++) {
            boolean newLine = before.charAt(i) == '\n';
            line += newLine ? 1 : 0;
            column = newLine ? 1 : column + 1;
        }
        return new Location(name, line, column);
    }

    /**
     * Cuts a stream at its document separators. YAML allows {@code ---} at the start of a line
     * nowhere but there, not even inside a block scalar, so that this can be done before parsing,
     * and one broken document leaves the next one whole.
     */
    static List<Chunk> split(String text) {
        List<Chunk> chunks = new ArrayList<>();
        int start = 0;
        int startLine = 0;
        int line = 0;
        boolean content = false;
        int position = 0;
        while (position < text.length()) {
            int newLine = text.indexOf('\n', position);
            int next = newLine < 0 ? text.length() : newLine + 1;
            if (isSeparator(text, position)) {
                if (content) {
                    chunks.add(new Chunk(startLine, text.substring(start, position)));
                }
                start = position;
                startLine = line;
                content = true;
            } else {
                content |= hasContent(text, position, next);
            }
            position = next;
            line++;
        }
        if (content) {
            chunks.add(new Chunk(startLine, text.substring(start)));
        }
        return chunks;
    }

    private static boolean isSeparator(String text, int position) {
        return text.startsWith("---", position) && (position + 3 == text.length()
                || Character.isWhitespace(text.charAt(position + 3)));
    }

    /** Comments and directives before the first separator make no document. */
    private static boolean hasContent(String text, int from, int to) {
        if (text.charAt(from) == '%') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                return text.charAt(i) != '#';
            }
        }
        return false;
    }
}
