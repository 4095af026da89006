package dev.podhop.k8s.admission;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The API's rules for names. Each method answers what is wrong with a text, in the words of
 * {@code k8s.io/apimachinery/pkg/util/validation}; an empty list means that nothing is.
 */
final class NameRules {

    private static final int LABEL_MAX = 63;
    private static final int SUBDOMAIN_MAX = 253;
    private static final int PORT_NAME_MAX = 15;
    private static final int PORT_MAX = 65535;

    private static final String LABEL_1123 = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String LABEL_1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String QUALIFIED = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String SUBDOMAIN_REGEX = LABEL_1123 + "(\\." + LABEL_1123 + ")*";

    private static final Pattern DNS_1123_LABEL = Pattern.compile(LABEL_1123);
    private static final Pattern DNS_1035_LABEL = Pattern.compile(LABEL_1035);
    private static final Pattern DNS_1123_SUBDOMAIN = Pattern.compile(SUBDOMAIN_REGEX);
    private static final Pattern QUALIFIED_NAME = Pattern.compile(QUALIFIED);
    private static final Pattern LABEL_VALUE = Pattern.compile("(" + QUALIFIED + ")?");
    private static final Pattern PORT_CHARACTERS = Pattern.compile("[-a-z0-9]+");

    private NameRules() {}

    /** {@code IsDNS1123Label}: most names inside other objects, and namespaces. */
    static List<String> dns1123Label(String text) {
        List<String> wrong = tooLong(text, LABEL_MAX);
        if (!DNS_1123_LABEL.matcher(text).matches()) {
            wrong.add(DNS_1123_SUBDOMAIN.matcher(text).matches()
                    ? "must not contain dots"
                    : shape("a lowercase RFC 1123 label must consist of lower case alphanumeric"
                            + " characters or '-', and must start and end with an alphanumeric"
                            + " character", LABEL_1123, "my-name", "123-abc"));
        }
        return wrong;
    }

    /** {@code IsDNS1035Label}: Services, whose names were environment variables before DNS. */
    static List<String> dns1035Label(String text) {
        List<String> wrong = tooLong(text, LABEL_MAX);
        if (!DNS_1035_LABEL.matcher(text).matches()) {
            wrong.add(shape("a DNS-1035 label must consist of lower case alphanumeric characters or"
                    + " '-', start with an alphabetic character, and end with an alphanumeric"
                    + " character", LABEL_1035, "my-name", "abc-123"));
        }
        return wrong;
    }

    /** {@code IsDNS1123Subdomain}: the names of most objects. */
    static List<String> dns1123Subdomain(String text) {
        List<String> wrong = tooLong(text, SUBDOMAIN_MAX);
        if (!DNS_1123_SUBDOMAIN.matcher(text).matches()) {
            wrong.add(shape("a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                    + " characters, '-' or '.', and must start and end with an alphanumeric"
                    + " character", SUBDOMAIN_REGEX, "example.com"));
        }
        return wrong;
    }

    /** A label's or annotation's key: a name, maybe with a domain and a slash before it. */
    static List<String> qualifiedName(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0 && text.indexOf('/', slash + 1) >= 0) {
            return List.of("a qualified name " + shape(QUALIFIED_SHAPE, QUALIFIED, "MyName",
                    "my.name", "123-abc")
                    + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        List<String> wrong = new ArrayList<>();
        if (slash == 0) {
            wrong.add("prefix part must be non-empty");
        } else if (slash > 0) {
            dns1123Subdomain(text.substring(0, slash)).forEach(w -> wrong.add("prefix part " + w));
        }
        String name = text.substring(slash + 1);
        if (name.isEmpty()) {
            wrong.add("name part must be non-empty");
        }
        tooLong(name, LABEL_MAX).forEach(w -> wrong.add("name part " + w));
        if (!QUALIFIED_NAME.matcher(name).matches()) {
            wrong.add("name part "
                    + shape(QUALIFIED_SHAPE, QUALIFIED, "MyName", "my.name", "123-abc"));
        }
        return wrong;
    }

    private static final String QUALIFIED_SHAPE = "must consist of alphanumeric characters, '-',"
            + " '_' or '.', and must start and end with an alphanumeric character";

    /** {@code IsValidLabelValue}. */
    static List<String> labelValue(String text) {
        List<String> wrong = tooLong(text, LABEL_MAX);
        if (!LABEL_VALUE.matcher(text).matches()) {
            wrong.add(shape("a valid label must be an empty string or consist of alphanumeric"
                    + " characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character", "(" + QUALIFIED + ")?", "MyValue", "my_value", "12345"));
        }
        return wrong;
    }

    /** A port's name (RFC 6335 section 5.1). */
    static List<String> portName(String text) {
        List<String> wrong = tooLong(text, PORT_NAME_MAX);
        if (!PORT_CHARACTERS.matcher(text).matches()) {
            wrong.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (text.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            wrong.add("must contain at least one letter (a-z)");
        }
        if (text.contains("--")) {
            wrong.add("must not contain consecutive hyphens");
        }
        if (text.startsWith("-") || text.endsWith("-")) {
            wrong.add("must not begin or end with a hyphen");
        }
        return wrong;
    }

    /** {@code IsValidPortNum}. */
    static List<String> portNumber(int port) {
        return port >= 1 && port <= PORT_MAX
                ? List.of()
                : List.of("must be between 1 and 65535, inclusive");
    }

    /** How long Go takes a text to be, though it speaks of characters. */
    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static List<String> tooLong(String text, int most) {
        List<String> wrong = new ArrayList<>();
        if (bytes(text) > most) {
            wrong.add("must be no more than " + most + " characters");
        }
        return wrong;
    }

    /** {@code validation.RegexError}, its double blank included. */
    private static String shape(String rule, String regex, String... examples) {
        return rule + " (e.g. "
                + Stream.of(examples).map(e -> "'" + e + "', ").collect(Collectors.joining(" or "))
                + "regex used for validation is '" + regex + "')";
    }
}
