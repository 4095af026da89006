package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import dev.podhop.nodedump.RuleCondition.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The words of a rule, or of a set's elements, as {@code nft} prints them. */
final class NftWords {

    private static final Map<String, Kind> ASKED = Map.ofEntries(
            Map.entry("ip saddr", Kind.SOURCE), Map.entry("ip6 saddr", Kind.SOURCE),
            Map.entry("ip daddr", Kind.DESTINATION), Map.entry("ip6 daddr", Kind.DESTINATION),
            Map.entry("meta l4proto", Kind.PROTOCOL), Map.entry("ip protocol", Kind.PROTOCOL),
            Map.entry("ip6 nexthdr", Kind.PROTOCOL), Map.entry("ct state", Kind.STATE),
            Map.entry("tcp dport", Kind.DESTINATION_PORT),
            Map.entry("udp dport", Kind.DESTINATION_PORT),
            Map.entry("th dport", Kind.DESTINATION_PORT),
            Map.entry("tcp sport", Kind.SOURCE_PORT), Map.entry("udp sport", Kind.SOURCE_PORT),
            Map.entry("th sport", Kind.SOURCE_PORT));
    private static final Set<String> GOES_ON = Set.of("log", "notrack", "ct", "meta", "counter");

    private final String printed;
    private final List<String> words;
    private final List<RuleCondition> conditions = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private RuleVerdict verdict = new RuleVerdict(RuleVerdict.Kind.CONTINUE, "");
    private int at;

    NftWords(String text) {
        this.printed = text.replaceAll(" # handle \\d+$", "")
                .replaceAll("counter packets \\d+ bytes \\d+ ?", "").strip();
        this.words = Words.of(printed);
    }

    DumpedRule rule(Location where) {
        while (at < words.size()) {
            step();
        }
        return new DumpedRule(conditions, verdict, Words.hex(String.join(" ", kept)), printed,
                where);
    }

    private String word(int further) {
        return at + further < words.size() ? words.get(at + further) : "";
    }

    private void step() {
        String word = word(0);
        if (word.equals("comment") && Words.isQuoted(word(1))) {
            at += 2;
            return;
        }
        if (word.equals("fully-random")) {
            at++;
            return;
        }
        Kind kind = ASKED.get(word + " " + word(1));
        if (kind != null && !word(2).equals("set") && !isJoined()) {
            asked(kind, 2);
        } else if (word.equals("iifname") || word.equals("iif")) {
            asked(Kind.IN_DEVICE, 1);
        } else if (word.equals("oifname") || word.equals("oif")) {
            asked(Kind.OUT_DEVICE, 1);
        } else {
            other(word);
        }
    }

    /** Whether what follows is one of several fields that are looked up together. */
    private boolean isJoined() {
        return word(2).equals(".") || at > 0 && words.get(at - 1).equals(".");
    }

    private void asked(Kind kind, int length) {
        String protocol = word(0);
        int i = length;
        boolean negated = word(i).equals("!=");
        i += negated ? 1 : 0;
        List<String> values = new ArrayList<>();
        if (word(i).equals("{")) {
            i++;
            while (at + i < words.size() && !word(i).equals("}")) {
                values.add(word(i).replace(",", ""));
                i++;
            }
        } else {
            values.addAll(Arrays.asList(word(i).split(",")));
        }
        boolean map = word(i + 1).equals("vmap") || word(i).equals("vmap");
        if (map || values.stream().anyMatch(v -> v.startsWith("@"))) {
            conditions.add(RuleCondition.unknown(word(0) + " " + word(1)));
        } else {
            if (kind.name().endsWith("PORT") && !protocol.equals("th")) {
                conditions.add(new RuleCondition(Kind.PROTOCOL, false, List.of(protocol)));
            }
            conditions.add(new RuleCondition(kind, negated, values.stream()
                    .map(v -> v.replace("\"", "")).toList()));
        }
        keep(i + 1);
        if (map) {
            verdict = new RuleVerdict(RuleVerdict.Kind.UNKNOWN, "vmap");
        }
    }

    private void keep(int count) {
        for (int i = 0; i < count && at < words.size(); i++) {
            kept.add(words.get(at++));
        }
    }

    private void other(String word) {
        Optional<RuleVerdict> decided = verdict(word);
        if (decided.isPresent()) {
            verdict = decided.get();
            keep(words.size() - at > 1 && (word.equals("jump") || word.equals("goto")) ? 2 : 1);
            if (verdict.kind() != RuleVerdict.Kind.JUMP
                    && verdict.kind() != RuleVerdict.Kind.GOTO) {
                rest();
            }
        } else if (word.equals("fib") && word(2).equals("type")) {
            Kind kind = word(1).equals("daddr") ? Kind.DESTINATION_TYPE : Kind.SOURCE_TYPE;
            conditions.add(word(3).equals("local")
                    ? new RuleCondition(kind, false, List.of("LOCAL"))
                    : RuleCondition.unknown("fib"));
            keep(4);
        } else if (GOES_ON.contains(word) && (printed.contains(" set ") || word.equals("log")
                || word.equals("notrack"))) {
            keep(words.size() - at); // what it sets, and how it logs
        } else {
            conditions.add(RuleCondition.unknown(word));
            keep(1);
        }
    }

    /** What a verdict is given with: where to, with which error. */
    private void rest() {
        while (at < words.size() && !word(0).equals("comment")) {
            if (word(0).equals("fully-random")) {
                at++;
            } else {
                keep(1);
            }
        }
    }

    private Optional<RuleVerdict> verdict(String word) {
        RuleVerdict.Kind kind = switch (word) {
            case "accept" -> RuleVerdict.Kind.ACCEPT;
            case "drop" -> RuleVerdict.Kind.DROP;
            case "reject" -> RuleVerdict.Kind.REJECT;
            case "return" -> RuleVerdict.Kind.RETURN;
            case "jump" -> RuleVerdict.Kind.JUMP;
            case "goto" -> RuleVerdict.Kind.GOTO;
            case "dnat", "snat", "masquerade", "redirect" -> RuleVerdict.Kind.TRANSLATE;
            case "vmap", "queue", "tproxy", "synproxy" -> RuleVerdict.Kind.UNKNOWN;
            default -> null;
        };
        return kind == null ? Optional.empty()
                : Optional.of(new RuleVerdict(kind,
                        kind == RuleVerdict.Kind.JUMP || kind == RuleVerdict.Kind.GOTO ? word(1)
                                : word));
    }

    /** The elements of {@code elements = { a, b }}, without counters, comments and times left. */
    static List<String> elements(String text) {
        int open = text.indexOf('{');
        int close = text.lastIndexOf('}');
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        for (int i = open + 1; i < close; i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                elements.add(clean(element.toString()));
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        elements.add(clean(element.toString()));
        elements.removeIf(String::isEmpty);
        return elements;
    }

    private static String clean(String element) {
        return element.replaceAll("\\s*comment \"[^\"]*\"", "")
                .replaceAll("\\s*counter packets \\d+ bytes \\d+", "")
                .replaceAll("\\s*(timeout|expires) \\S+", "").strip();
    }
}
