package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Scalar.Kind;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a plain scalar means. The rules are those of go-yaml v2's {@code resolve}, which kubectl
 * reads manifests with: YAML 1.1's words for booleans, Go's prefixes for numbers (so a leading zero
 * is octal), and no timestamps.
 */
final class ScalarRules {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NOT_FINITE = Set.of(".nan", ".NaN", ".NAN", ".inf", ".Inf",
            ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF");
    private static final Pattern INT =
            Pattern.compile("[-+]?(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private ScalarRules() {}

    static Kind kindOfPlain(String text) {
        // Most scalars are words: one look at the first letter spares them the patterns.
        if (text.isEmpty()) {
            return Kind.NULL;
        }
        char first = text.charAt(0);
        if (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.') {
            return kindOfNumber(text);
        }
        if (text.length() > 5) {
            return Kind.STRING;
        }
        if (TRUE.contains(text) || FALSE.contains(text)) {
            return Kind.BOOL;
        }
        return NULLS.contains(text) ? Kind.NULL : Kind.STRING;
    }

    private static Kind kindOfNumber(String text) {
        String digits = text.indexOf('_') < 0 ? text : text.replace("_", "");
        if (INT.matcher(digits).matches()) {
            return Kind.INT;
        }
        return FLOAT.matcher(digits).matches() || NOT_FINITE.contains(text) ? Kind.FLOAT
                : Kind.STRING;
    }

    static boolean isTrue(String text) {
        return TRUE.contains(text);
    }

    static @Nullable Long integer(Scalar scalar) {
        String digits = scalar.text().replace("_", "");
        try {
            return switch (scalar.kind()) {
                case INT -> parse(digits);
                // kubectl turns YAML into JSON first, where 80.0 is written 80: a whole float
                // passes for an integer.
                case FLOAT -> NOT_FINITE.contains(digits) ? null
                        : new BigDecimal(digits).longValueExact();
                default -> null;
            };
        } catch (ArithmeticException | NumberFormatException tooLarge) {
            return null;
        }
    }

    private static long parse(String digits) {
        boolean signed = digits.startsWith("-") || digits.startsWith("+");
        String sign = digits.startsWith("-") ? "-" : "";
        String body = signed ? digits.substring(1) : digits;
        if (body.length() < 2 || body.charAt(0) != '0') {
            return Long.parseLong(sign + body);
        }
        return switch (body.charAt(1)) {
            case 'x', 'X' -> Long.parseLong(sign + body.substring(2), 16);
            case 'b', 'B' -> Long.parseLong(sign + body.substring(2), 2);
            case 'o', 'O' -> Long.parseLong(sign + body.substring(2), 8);
            default -> Long.parseLong(sign + body.substring(1), 8);
        };
    }
}
