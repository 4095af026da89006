package dev.podhop.cloud.annotations;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an annotation, in which a port may stand.
 *
 * @param text as documented: {@code service.beta.kubernetes.io/port_{port}_no_lb_rule}
 * @param suffix what may follow, for one port: {@code .{protocol}-{port}}; empty: nothing
 */
public record Name(String text, String suffix) {

    /** The port of a name that is not of one port. */
    public static final int EVERY_PORT = 0;

    private static final String PORT = "{port}";
    private static final String PROTOCOL = "{protocol}";

    /** The port that a written name is about; {@link #EVERY_PORT}; empty: it is another name. */
    public Optional<Integer> match(String written) {
        if (written.equals(text) && !text.contains(PORT)) {
            return Optional.of(EVERY_PORT);
        }
        if (!isOfPort()) {
            return Optional.empty();
        }
        Matcher matcher = pattern().matcher(written);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group("port")))
                : Optional.empty();
    }

    /** Whether it can be about one port. */
    boolean isOfPort() {
        return text.contains(PORT) || suffix.contains(PORT);
    }

    private Pattern pattern() {
        return Pattern.compile(Pattern.quote(text + suffix)
                .replace(PORT, "\\E(?<port>[0-9]{1,5})\\Q")
                .replace(PROTOCOL, "\\E[A-Z_]+\\Q"));
    }

    /** The name for one port, as a user writes it. */
    public String of(int port) {
        return (port == EVERY_PORT ? text : text + suffix).replace(PORT, String.valueOf(port))
                .replace(PROTOCOL, "TCP");
    }

    @Override
    public String toString() {
        return text;
    }
}
