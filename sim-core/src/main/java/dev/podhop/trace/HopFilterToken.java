package dev.podhop.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a filter.
 *
 * @param column where it begins, from 1
 * @param text without quotes
 */
record HopFilterToken(Kind kind, int column, String text) {

    enum Kind {
        /** A field, a word or a value. */
        NAME,
        /** A value in quotes. */
        QUOTED,
        /** One of {@link #SYMBOLS}. */
        SYMBOL,
        END
    }

    /** Longer ones first, so that {@code <=} is not read as {@code <}. */
    private static final List<String> SYMBOLS =
            List.of("&&", "||", "==", "!=", "<=", ">=", "<", ">", "!", "(", ")");

    /** Takes a text apart, with an {@link Kind#END} after it. */
    static List<HopFilterToken> tokens(String text) {
        List<HopFilterToken> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            HopFilterToken token = text.charAt(at) == '"' ? quoted(text, at) : plain(text, at);
            tokens.add(token);
            at += token.text.length() + (token.kind == Kind.QUOTED ? 2 : 0);
        }
        tokens.add(new HopFilterToken(Kind.END, text.length() + 1, ""));
        return tokens;
    }

    /** Quotes end at the next quote: no name or address has one inside. */
    private static HopFilterToken quoted(String text, int start) {
        int end = text.indexOf('"', start + 1);
        if (end < 0) {
            throw new HopFilterException(start + 1, "a quote that does not end",
                    "a closing quote");
        }
        return new HopFilterToken(Kind.QUOTED, start + 1, text.substring(start + 1, end));
    }

    /**
     * A name goes on until something that cannot belong to it: {@code to-vip}, {@code
     * pod/shop/web}.
     */
    private static HopFilterToken plain(String text, int start) {
        String symbol = symbolAt(text, start);
        if (!symbol.isEmpty()) {
            return new HopFilterToken(Kind.SYMBOL, start + 1, symbol);
        }
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))
                && text.charAt(end) != '"' && symbolAt(text, end).isEmpty()) {
            end++;
        }
        return new HopFilterToken(Kind.NAME, start + 1, text.substring(start, end));
    }

    private static String symbolAt(String text, int at) {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                return symbol;
            }
        }
        return "";
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** For a message: {@code "node"}, or {@code the end}. */
    String describe() {
        return kind == Kind.END ? "the end" : "\"" + text + "\"";
    }
}
