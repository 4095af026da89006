package dev.podhop.cloud.annotations;

import dev.podhop.k8s.IntOrString;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the value of an annotation becomes that of a key. */
public sealed interface ValueForm {

    /** What is read at values that leave the key alone. */
    String NOTHING = "";

    /**
     * The key's value, as a file has it; empty where the annotation's is none that its controller
     * takes.
     *
     * @param subject whose annotation it is
     */
    Optional<String> read(String value, Subject subject);

    /**
     * Whose annotation is read.
     *
     * @param pods whether its load balancer sends to pods, and not to node ports
     */
    record Subject(Service service, boolean pods) {

        /** The port that a backend of that Service port has; empty where a name stands for it. */
        Optional<Integer> backendPort(ServicePort port) {
            if (!pods) {
                return Optional.of(port.nodePort());
            }
            IntOrString target = port.targetPort();
            return target.text() != null ? Optional.empty()
                    : Optional.of(target.number() == 0 ? port.port() : target.number());
        }
    }

    /** What a value has to be, after {@code expected}. */
    String expected();

    /** Which words of a list count as one. */
    enum Match {
        EXACT, IGNORE_CASE,
        /** {@code strconv.ParseBool} of Go. */
        PARSE_BOOL;

        private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
        private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

        boolean same(String written, String word) {
            return switch (this) {
                case EXACT -> written.equals(word);
                case IGNORE_CASE -> written.strip().equalsIgnoreCase(word);
                case PARSE_BOOL -> (word.equals("true") ? TRUE : FALSE).contains(written);
            };
        }
    }

    /**
     * One of some words.
     *
     * @param values the key's value by the annotation's; {@code *} for all others
     */
    record OneOf(Map<String, String> values, Match match) implements ValueForm {

        /** All other words. */
        static final String OTHERS = "*";

        @Override
        public Optional<String> read(String value, Subject subject) {
            return values.keySet().stream()
                    .filter(word -> !word.equals(OTHERS) && match.same(value, plain(word)))
                    .findFirst().or(() -> Optional.of(OTHERS)).map(values::get);
        }

        /** A star that means itself is written {@code =*}. */
        private static String plain(String word) {
            return word.startsWith("=") ? word.substring(1) : word;
        }

        @Override
        public String expected() {
            return values.keySet().stream().map(OneOf::plain).collect(Collectors.joining(" or "));
        }
    }

    /**
     * A whole number.
     *
     * @param suffix what makes it the key's value: {@code s}
     * @param least and most what the controller or the cloud takes
     */
    record Amount(String unit, String suffix, long least, long most) implements ValueForm {

        @Override
        public Optional<String> read(String value, Subject subject) {
            String digits = value.strip();
            if (!digits.matches("[0-9]{1,9}")) {
                return Optional.empty();
            }
            long amount = Long.parseLong(digits);
            return amount < least || amount > most ? Optional.empty()
                    : Optional.of(amount + suffix);
        }

        @Override
        public String expected() {
            String bounds = most == Long.MAX_VALUE ? "of at least " + least
                    : "from " + least + " to " + most;
            return "a whole number " + bounds + unit;
        }
    }

    /** Ports of the Service with commas between them: true for those, false for all others. */
    record PortList() implements ValueForm {

        @Override
        public Optional<String> read(String value, Subject subject) {
            return value.strip().matches("([0-9]{1,5}\\s*(,\\s*)?)*") ? Optional.of(value)
                    : Optional.empty();
        }

        boolean has(String value, int port) {
            return Arrays.stream(value.split(",")).map(String::strip)
                    .anyMatch(String.valueOf(port)::equals);
        }

        @Override
        public String expected() {
            return "ports with commas between them";
        }
    }

    /** Any other form. */
    enum Shape implements ValueForm {
        /** Anything but nothing. */
        TEXT("text") {
            @Override
            public Optional<String> read(String value, Subject subject) {
                return value.isEmpty() ? Optional.empty() : Optional.of(quoted(value));
            }
        },
        /** Addresses with commas between them, of which the first counts. */
        ADDRESSES("addresses") {
            @Override
            public Optional<String> read(String value, Subject subject) {
                return list(value, IpAddress::of).map(List::getFirst);
            }
        },
        /** Ranges with commas between them. */
        RANGES("ranges such as 192.0.2.0/24") {
            @Override
            public Optional<String> read(String value, Subject subject) {
                return list(value, Cidr::of)
                        .map(ranges -> "[" + String.join(", ", ranges) + "]");
            }
        },
        /** A label selector in one text. */
        SELECTOR("a label selector") {
            @Override
            public Optional<String> read(String value, Subject subject) {
                return TEXT.read(value, subject);
            }
        },
        /** Labels {@code a=b,c=d}; one without value only has to be there. */
        LABELS("labels such as a=b,c=d") {
            @Override
            public Optional<String> read(String value, Subject subject) {
                String selector = Arrays.stream(value.split(",")).map(String::strip)
                        .map(label -> label.endsWith("=") ? label.substring(0, label.length() - 1)
                                : label)
                        .filter(label -> !label.isEmpty()).collect(Collectors.joining(","));
                return TEXT.read(selector, subject);
            }
        },
        /** {@code traffic-port}, a port's number, or the name of a Service port for its own. */
        PORT("traffic-port, a port's number or the name of one of the Service's ports") {
            @Override
            public Optional<String> read(String value, Subject subject) {
                return value.equals("traffic-port") ? Optional.of(NOTHING)
                        : named(value, subject).or(() -> number(value)).map(String::valueOf);
            }
        },
        /** The name or the number of a Service port for its node port, or another port's number. */
        SERVICE_PORT("a port's number or the name of one of the Service's ports") {
            @Override
            public Optional<String> read(String value, Subject subject) {
                return subject.service().spec().ports().stream()
                        .filter(port -> String.valueOf(port.port()).equals(value)).findFirst()
                        .flatMap(subject::backendPort).or(() -> named(value, subject))
                        .or(() -> number(value)).map(String::valueOf);
            }
        };

        private final String expected;

        Shape(String expected) {
            this.expected = expected;
        }

        @Override
        public String expected() {
            return expected;
        }

        private static Optional<Integer> named(String value, Subject subject) {
            return subject.service().spec().ports().stream()
                    .filter(port -> port.name().equalsIgnoreCase(value) && !value.isEmpty())
                    .findFirst().flatMap(subject::backendPort);
        }

        private static Optional<Integer> number(String value) {
            return value.matches("[1-9][0-9]{0,4}") && Integer.parseInt(value) <= 65_535
                    ? Optional.of(Integer.valueOf(value))
                    : Optional.empty();
        }

        /** As YAML has a text that may hold anything. */
        private static String quoted(String value) {
            return "'" + value.replace("'", "''") + "'";
        }

        private static Optional<List<String>> list(String value,
                Function<String, Object> parse) {
            try {
                List<String> items = Arrays.stream(value.split(",")).map(String::strip)
                        .map(item -> parse.apply(item).toString()).toList();
                return items.isEmpty() ? Optional.empty() : Optional.of(items);
            } catch (IllegalArgumentException none) {
                return Optional.empty();
            }
        }
    }
}
