package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import dev.podhop.nodedump.RuleCondition.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words of a rule as {@code iptables-save} prints them. */
final class IptablesWords {

    /** Modules that ask nothing by themselves, or only remark or count. */
    private static final Set<String> SILENT = Set.of("tcp", "udp", "sctp", "comment", "nfacct",
            "conntrack", "state", "mark", "addrtype", "multiport");
    /** Options that change nothing of a packet's way. */
    private static final Set<String> REMARKS = Set.of("--comment", "--nfacct-name",
            "--random-fully");
    private static final Map<String, Kind> ASKED = Map.ofEntries(
            Map.entry("-s", Kind.SOURCE), Map.entry("--source", Kind.SOURCE),
            Map.entry("-d", Kind.DESTINATION), Map.entry("--destination", Kind.DESTINATION),
            Map.entry("-p", Kind.PROTOCOL), Map.entry("-i", Kind.IN_DEVICE),
            Map.entry("-o", Kind.OUT_DEVICE), Map.entry("--dport", Kind.DESTINATION_PORT),
            Map.entry("--dports", Kind.DESTINATION_PORT), Map.entry("--sport", Kind.SOURCE_PORT),
            Map.entry("--sports", Kind.SOURCE_PORT), Map.entry("--ctstate", Kind.STATE),
            Map.entry("--state", Kind.STATE), Map.entry("--mark", Kind.MARK),
            Map.entry("--dst-type", Kind.DESTINATION_TYPE),
            Map.entry("--src-type", Kind.SOURCE_TYPE));
    private static final Set<String> GOES_ON = Set.of("LOG", "NFLOG", "ULOG", "TRACE", "CT",
            "NOTRACK", "CONNMARK", "CONNSECMARK", "TCPMSS", "TOS", "DSCP", "CLASSIFY", "CHECKSUM",
            "SET", "AUDIT", "RATEEST", "TTL", "HL", "SECMARK");
    private static final Set<String> TRANSLATES = Set.of("DNAT", "SNAT", "MASQUERADE", "REDIRECT",
            "NETMAP");

    private final String printed;
    private final List<Option> options = new ArrayList<>();

    /** An option with what follows it. */
    private record Option(boolean negated, String name, List<String> values) {
        String text() {
            return (negated ? "! " : "") + name
                    + (values.isEmpty() ? "" : " " + String.join(" ", values));
        }
    }

    IptablesWords(String printed) {
        this.printed = printed;
        boolean negated = false;
        for (String word : Words.of(printed)) {
            if (word.equals("!")) {
                negated = true;
            } else if (word.startsWith("-") && !word.matches("-\\d.*")) {
                options.add(new Option(negated, word, new ArrayList<>()));
                negated = false;
            } else if (!options.isEmpty()) {
                options.getLast().values().add(word);
            }
        }
    }

    DumpedRule rule(Location where) {
        List<RuleCondition> conditions = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        List<String> does = new ArrayList<>();
        RuleVerdict verdict = new RuleVerdict(RuleVerdict.Kind.CONTINUE, "");
        boolean target = false;
        for (Option option : options) {
            String first = option.values().isEmpty() ? "" : option.values().getFirst();
            if (REMARKS.contains(option.name())
                    || option.name().equals("-m") && SILENT.contains(first)) {
                continue;
            }
            if (option.name().equals("-j") || option.name().equals("-g")) {
                target = true;
                verdict = verdict(option.name(), first);
            }
            if (target) {
                does.add(Words.hex(option.text()));
                continue;
            }
            asked.add(text(option));
            Kind kind = ASKED.get(option.name());
            conditions.add(kind == null ? RuleCondition.unknown(option.text())
                    : new RuleCondition(kind, option.negated(), split(first)));
        }
        asked.sort(null);
        asked.addAll(does);
        return new DumpedRule(conditions, verdict, String.join(" ", asked), printed, where);
    }

    private static RuleVerdict verdict(String how, String target) {
        RuleVerdict.Kind kind = switch (target) {
            case "ACCEPT" -> RuleVerdict.Kind.ACCEPT;
            case "DROP" -> RuleVerdict.Kind.DROP;
            case "REJECT" -> RuleVerdict.Kind.REJECT;
            case "RETURN" -> RuleVerdict.Kind.RETURN;
            case "MARK" -> RuleVerdict.Kind.MARK;
            case "NFQUEUE", "QUEUE", "TPROXY", "SYNPROXY" -> RuleVerdict.Kind.UNKNOWN;
            default -> GOES_ON.contains(target) ? RuleVerdict.Kind.CONTINUE
                    : TRANSLATES.contains(target) ? RuleVerdict.Kind.TRANSLATE
                    : how.equals("-g") ? RuleVerdict.Kind.GOTO
                    : RuleVerdict.Kind.JUMP;
        };
        return new RuleVerdict(kind, target);
    }

    private static List<String> split(String value) {
        return Arrays.asList(value.split(","));
    }

    /** One of several ways to print the same. */
    private static String text(Option option) {
        if (option.values().isEmpty()) {
            return option.text();
        }
        String value = option.values().getFirst();
        String name = option.name().equals("--state") ? "--ctstate" : option.name();
        String normal = switch (name) {
            case "-s", "-d" -> value.replaceFirst("/(32|128)$", "");
            case "--ctstate" -> String.join(",",
                    Arrays.stream(value.split(",")).sorted().toList());
            case "--probability" -> probability(value);
            default -> Words.hex(String.join(" ", option.values()));
        };
        return (option.negated() ? "! " : "") + name + " " + normal;
    }

    /** The kernel keeps 31 bits of it, and tools print it differently. */
    private static String probability(String value) {
        try {
            return String.format(Locale.ROOT, "%.4f", Double.parseDouble(value));
        } catch (NumberFormatException unusual) {
            return value;
        }
    }
}
