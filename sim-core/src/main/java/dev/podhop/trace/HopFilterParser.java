package dev.podhop.trace;

import dev.podhop.trace.HopFilter.Condition;
import dev.podhop.trace.HopFilterToken.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a filter by recursive descent, one method a level of precedence. */
final class HopFilterParser {

    private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "<", ">");

    private final List<HopFilterToken> tokens;
    private int at;

    HopFilterParser(String text) {
        this.tokens = HopFilterToken.tokens(text);
    }

    Condition parse() {
        if (peek().kind() == Kind.END) {
            return (hop, attempt) -> true;
        }
        Condition whole = either();
        if (peek().kind() != Kind.END) {
            throw unexpected("&&, || or the end");
        }
        return whole;
    }

    /** {@code ||} binds loosest. */
    private Condition either() {
        Condition left = both();
        while (peek().is("||")) {
            at++;
            Condition first = left;
            Condition second = both();
            left = (hop, attempt) -> first.holds(hop, attempt) || second.holds(hop, attempt);
        }
        return left;
    }

    private Condition both() {
        Condition left = not();
        while (peek().is("&&")) {
            at++;
            Condition first = left;
            Condition second = not();
            left = (hop, attempt) -> first.holds(hop, attempt) && second.holds(hop, attempt);
        }
        return left;
    }

    /** {@code !} binds closest, so that {@code !arp && rst} is about what is no ARP. */
    private Condition not() {
        if (peek().is("!")) {
            at++;
            Condition inner = not();
            return (hop, attempt) -> !inner.holds(hop, attempt);
        }
        if (peek().is("(")) {
            at++;
            Condition inner = either();
            if (!peek().is(")")) {
                throw unexpected("&&, || or )");
            }
            at++;
            return inner;
        }
        return wordOrComparison();
    }

    /** A name alone is a word; before an operator it is a field. */
    private Condition wordOrComparison() {
        HopFilterToken name = peek();
        if (name.kind() != Kind.NAME) {
            throw unexpected("a field, a word, ! or (");
        }
        at++;
        if (OPERATORS.stream().anyMatch(peek()::is)) {
            return comparison(name);
        }
        Optional<HopFilterWord> word = named(HopFilterWord.values(), name.text());
        if (word.isPresent()) {
            return (hop, attempt) -> word.get().holds(hop);
        }
        if (named(HopFilterField.values(), name.text()).isPresent()) {
            throw unexpected(String.join(" ", OPERATORS) + " after " + name.text());
        }
        throw new HopFilterException(name.column(), name.describe(), "a field ("
                + all(HopFilterField.values()) + ") or a word (" + all(HopFilterWord.values())
                + ")");
    }

    private Condition comparison(HopFilterToken name) {
        Optional<HopFilterField> field = named(HopFilterField.values(), name.text());
        if (field.isEmpty()) {
            throw new HopFilterException(name.column(), name.describe(),
                    "one of the fields " + all(HopFilterField.values()));
        }
        HopFilterToken operator = tokens.get(at++);
        HopFilterToken value = peek();
        if (value.kind() != Kind.NAME && value.kind() != Kind.QUOTED) {
            throw unexpected("a value");
        }
        at++;
        return HopFilterComparison.of(field.get(), operator, value);
    }

    private HopFilterToken peek() {
        return tokens.get(at);
    }

    private HopFilterException unexpected(String expected) {
        return new HopFilterException(peek().column(), peek().describe(), expected);
    }

    private static <T> Optional<T> named(T[] values, String text) {
        return Arrays.stream(values).filter(value -> value.toString().equalsIgnoreCase(text))
                .findFirst();
    }

    private static String all(Object[] values) {
        return Stream.of(values).map(Object::toString).collect(Collectors.joining(", "));
    }
}
