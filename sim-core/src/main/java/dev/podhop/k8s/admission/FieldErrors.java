package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects objections in the API server's words ({@code field.ErrorList}). */
public final class FieldErrors {

    /** The API server's names for sorts of objections, with the words they begin with. */
    public enum Type {
        REQUIRED("FieldValueRequired", "Required value"),
        INVALID("FieldValueInvalid", "Invalid value"),
        NOT_SUPPORTED("FieldValueNotSupported", "Unsupported value"),
        DUPLICATE("FieldValueDuplicate", "Duplicate value"),
        FORBIDDEN("FieldValueForbidden", "Forbidden"),
        TOO_LONG("FieldValueTooLong", "Too long"),
        TOO_MANY("FieldValueTooMany", "Too many"),
        INTERNAL("InternalError", "Internal error occurred"),
        /** An objection that no server makes, in words of its own. */
        TAKEN("", "");

        private final String code;
        private final String words;

        Type(String code, String words) {
            this.code = code;
            this.words = words;
        }

        /** As in a Status' causes: {@code FieldValueRequired}. */
        public String code() {
            return code;
        }
    }

    /**
     * One objection.
     *
     * @param field as the API server names it
     * @param place the field to look at, where that is another one
     * @param detail all of the message after the sort's own words; may be empty
     * @param suggestion the nearest supported value; empty if none is near
     * @param always whether servers of every version and configuration have it, so that no object
     *     can be there with it, nor be worked with
     */
    public record FieldError(FieldPath field, FieldPath place, Type type, String detail,
            String suggestion, boolean always) {

        /** {@code Invalid value: 0: must be ...}: the message without the field. */
        public String message() {
            return detail.isEmpty() ? type.words
                    : type.words.isEmpty() ? detail
                    : type.words + ": " + detail;
        }

        @Override
        public String toString() {
            return field + ": " + message();
        }
    }

    private static final int DELETE = 0x7f;

    private final List<FieldError> errors;
    private final AddressRules addresses;
    private final boolean always;

    /** Objections by the laxest rules for how addresses are written. */
    public FieldErrors() {
        this(0);
    }

    /** Objections by the rules of Kubernetes 1.{@code minorVersion} for how they are written. */
    public FieldErrors(int minorVersion) {
        this(new ArrayList<>(), new AddressRules(minorVersion), false);
    }

    private FieldErrors(List<FieldError> errors, AddressRules addresses, boolean always) {
        this.errors = errors;
        this.addresses = addresses;
        this.always = always;
    }

    /**
     * The same objections; what is added here is wrong to servers of every version and
     * configuration. All else is let stand in an object that a server has printed.
     */
    FieldErrors always() {
        return new FieldErrors(errors, addresses, true);
    }

    /** A field that must have a value has none. */
    public void required(FieldPath field, String detail) {
        add(field, field, Type.REQUIRED, detail);
    }

    /** A value that cannot be. */
    public void invalid(FieldPath field, String value, String detail) {
        invalidAt(field, field, quote(value), detail);
    }

    /** A number that cannot be. */
    public void invalid(FieldPath field, long value, String detail) {
        invalidAt(field, field, String.valueOf(value), detail);
    }

    /** A value, already spelt as Go prints it, that cannot be; {@code place} is what to look at. */
    public void invalidAt(FieldPath field, FieldPath place, String value, String detail) {
        add(field, place, Type.INVALID, value + ": " + detail);
    }

    /**
     * Objects to a text that is no address, or is written as none should be.
     *
     * @return whether it can be read as an address
     */
    boolean address(FieldPath field, FieldPath place, String text) {
        boolean readable = Addresses.parse(text).isPresent();
        addresses.address(text).ifPresent(wrong -> (readable ? this : always())
                .invalidAt(field, place, quote(text), wrong));
        return readable;
    }

    /** The same of a range of addresses. */
    void range(FieldPath field, FieldPath place, String text) {
        boolean readable = Addresses.parseCidr(text).isPresent();
        addresses.range(text).ifPresent(wrong -> (readable ? this : always())
                .invalidAt(field, place, quote(text), wrong));
    }

    /** A value that is not one of a few. */
    public void notSupported(FieldPath field, String value, List<String> supported) {
        String values = supported.stream().sorted().map(FieldErrors::quote)
                .collect(Collectors.joining(", "));
        errors.add(new FieldError(field, field, Type.NOT_SUPPORTED,
                quote(value) + ": supported values: " + values,
                Spelling.nearest(value, supported).orElse(""), always));
    }

    /** A value that stands there already; spelt as Go prints it. */
    public void duplicate(FieldPath field, String value) {
        add(field, field, Type.DUPLICATE, value);
    }

    /** A field that must not be set. */
    public void forbidden(FieldPath field, String detail) {
        add(field, field, Type.FORBIDDEN, detail);
    }

    /** A value, or all that a field holds, that takes too many bytes. */
    public void tooLong(FieldPath field, int mostBytes) {
        add(field, field, Type.TOO_LONG, "must have at most " + mostBytes + " bytes");
    }

    /** A list of too many items. */
    public void tooMany(FieldPath field, int count, int most) {
        add(field, field, Type.TOO_MANY, count + ": must have at most " + most + " items");
    }

    /** What another object of the file has already; in whole words. */
    void taken(FieldPath field, String message) {
        add(field, field, Type.TAKEN, message);
    }

    /** What the server itself cannot do ({@code errors.NewInternalError}). */
    public void internal(FieldPath field, String detail) {
        add(field, field, Type.INTERNAL, detail);
    }

    void addAll(FieldErrors others) {
        errors.addAll(others.errors);
    }

    private void add(FieldPath field, FieldPath place, Type type, String detail) {
        errors.add(new FieldError(field, place, type, detail, "", always));
    }

    /** The objections, in the order they were made. */
    public List<FieldError> all() {
        return List.copyOf(errors);
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /** Takes out what some server takes, for an object that one has taken; returns it. */
    List<FieldError> takeUnusual() {
        List<FieldError> unusual = errors.stream().filter(error -> !error.always()).toList();
        errors.removeAll(unusual);
        return unusual;
    }

    /** Takes out objections that read so. */
    void remove(Set<String> texts) {
        errors.removeIf(error -> texts.contains(error.toString()));
    }

    /** Tells the objections as problems of the file that the object stands in. */
    public void tell(Function<FieldPath, Location> locate, Problems problems) {
        for (FieldError error : errors) {
            String suggestion = error.suggestion();
            problems.add(new Problem(locate.apply(error.place()), error.field().toString(),
                    error.message(), suggestion.isEmpty() ? null : suggestion));
        }
    }

    /** A text as Go's {@code %q} prints it; what is absent reads {@code "null"}. */
    static String quote(@Nullable String text) {
        if (text == null) {
            return "\"null\"";
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> escape(c, quoted));
        return quoted.append('"').toString();
    }

    private static void escape(int c, StringBuilder quoted) {
        int letter = "\u0007\b\f\n\r\t\u000b\"\\".indexOf(c);
        if (letter >= 0) {
            quoted.append('\\').append("abfnrtv\"\\".charAt(letter));
        } else if (isPrint(c)) {
            quoted.appendCodePoint(c);
        } else {
            // The control characters are one byte each, of all else the code point is told.
            String format =
                    c < ' ' || c == DELETE ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x";
            quoted.append(String.format(Locale.ROOT, format, c));
        }
    }

    /** {@code strconv.IsPrint}: of all blanks, only the ASCII one. */
    private static boolean isPrint(int c) {
        return c == ' ' || switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE,
                    Character.UNASSIGNED, Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** A list of texts as Go's {@code %#v} prints it. */
    static String quote(List<String> texts) {
        return quote("string", texts);
    }

    /** A list of that Go type; a field that is absent is no list at all. */
    static String quote(String type, List<String> texts) {
        String prefix = "[]" + type;
        return texts.isEmpty() ? prefix + "(nil)"
                : texts.stream().map(FieldErrors::quote)
                        .collect(Collectors.joining(", ", prefix + "{", "}"));
    }
}
