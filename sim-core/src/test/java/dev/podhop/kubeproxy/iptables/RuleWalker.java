package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs a packet through the text of {@code iptables-save}, rule by rule, as the kernel does: the
 * slow truth that the constant-time program is held against.
 */
public class RuleWalker {

    private static final Pattern WORDS = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Map<String, List<List<String>>> chains = new LinkedHashMap<>();
    private final Map<String, List<String>> texts = new LinkedHashMap<>();

    /** {@code xt_recent}'s lists, by their names, the stalest first. */
    private final Map<String, List<Stamp>> stamps = new LinkedHashMap<>();

    /** When an address was seen last. */
    private record Stamp(IpAddress source, long nanos) {}

    /** What a table decides. */
    public record Outcome(String action, String target, int mark, List<String> matched) {}

    public RuleWalker(String save) {
        String table = "";
        for (String line : save.lines().toList()) {
            if (line.startsWith("*")) {
                table = line.substring(1) + " ";
            } else if (line.startsWith("-A ")) {
                List<String> words = words(line);
                String chain = table + words.get(1);
                chains.computeIfAbsent(chain, name -> new ArrayList<>())
                        .add(words.subList(2, words.size()));
                texts.computeIfAbsent(chain, name -> new ArrayList<>()).add(line);
            }
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORDS.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }

    /** Asks a table at the packet's hook; {@code ACCEPT} is also what a chain's end means. */
    public Outcome ask(String table, FakePacket packet) {
        Walk walk = new Walk(table + " ", packet);
        walk.chain(packet.hook.name());
        return new Outcome(walk.action == null ? "CONTINUE" : walk.action, walk.target, walk.mark,
                walk.matched);
    }

    /** {@code -m set --match-set NAME SIDES}. */
    protected boolean isMember(String set, String sides, FakePacket packet) {
        throw new UnsupportedOperationException("no sets here: " + set);
    }

    /** {@code -m ipvs --vaddr ADDRESS --vport PORT}: whose connection it is. */
    protected boolean isOf(String address, int port, FakePacket packet) {
        throw new UnsupportedOperationException("no virtual server here: " + address);
    }

    private final class Walk {

        private final String table;
        private final FakePacket packet;
        private final List<String> matched = new ArrayList<>();
        private int mark;
        private int skips;
        private String target = "";
        private @Nullable String action;

        Walk(String table, FakePacket packet) {
            this.table = table;
            this.packet = packet;
            this.mark = packet.mark;
            this.skips = packet.choice;
        }

        /** False once a rule has decided. */
        private boolean chain(String name) {
            List<List<String>> rules = chains.getOrDefault(table + name, List.of());
            for (int i = 0; i < rules.size(); i++) {
                List<String> rule = rules.get(i);
                if (!matches(rule)) {
                    continue;
                }
                matched.add(texts.get(table + name).get(i));
                int jump = rule.indexOf("-j");
                if (jump < 0) {
                    continue;
                }
                if (rule.get(jump + 1).equals("RETURN")) {
                    return true;
                }
                if (!jump(rule, jump)) {
                    return false;
                }
            }
            return true;
        }

        private boolean jump(List<String> rule, int jump) {
            String name = rule.get(jump + 1);
            switch (name) {
                case "MARK" -> {
                    String[] parts = rule.get(jump + 3).split("/");
                    mark = mark & ~Integer.decode(parts[1]) ^ Integer.decode(parts[0]);
                    return true;
                }
                case "DNAT" -> target = rule.get(jump + 3);
                case "MASQUERADE" -> target = String.join(" ", rule.subList(jump + 2, rule.size()));
                case "ACCEPT", "DROP", "REJECT" -> {
                }
                default -> {
                    return chain(name);
                }
            }
            action = name;
            return false;
        }

        private boolean matches(List<String> rule) {
            for (int i = 0; i < rule.size() && !rule.get(i).equals("-j"); i++) {
                boolean inverted = rule.get(i).equals("!");
                i += inverted ? 1 : 0;
                String option = rule.get(i);
                if (option.equals("-m") || option.equals("--reap") || option.equals("--rsource")) {
                    i += option.equals("-m") ? 1 : 0;
                    continue;
                }
                if (option.equals("--rcheck") || option.equals("--set")) {
                    if (!recent(rule, option)) {
                        return false;
                    }
                    continue;
                }
                if (option.equals("--physdev-is-in")) {
                    // it came in by no bridge's port
                    if (!inverted) {
                        return false;
                    }
                    continue;
                }
                if (option.equals("--match-set") || option.equals("--vaddr")) {
                    if (!beyond(rule, i)) {
                        return false;
                    }
                    i += option.equals("--vaddr") ? 3 : 2;
                    continue;
                }
                i++;
                if (test(option, rule.get(i)) == inverted) {
                    return false;
                }
            }
            return true;
        }

        /** Matches that ask other tools' tables. */
        private boolean beyond(List<String> rule, int i) {
            String value = rule.get(i + 1);
            return rule.get(i).equals("--vaddr")
                    ? isOf(value, Integer.parseInt(rule.get(i + 3)), packet)
                    : isMember(value, rule.get(i + 2), packet);
        }

        private boolean test(String option, String value) {
            return switch (option) {
                case "-s" -> Cidr.of(value).contains(packet.source);
                case "-d" -> Cidr.of(value).contains(packet.destination);
                case "--vproto" -> packet.protocol.number() == Integer.parseInt(value);
                case "-i" -> device(value);
                case "-p" -> packet.protocol.lowerCase().equals(value);
                case "--dport" -> packet.destinationPort == Integer.parseInt(value);
                case "--dports" -> Set.of(value.split(","))
                        .contains(String.valueOf(packet.destinationPort));
                case "--src-type" -> packet.isLocalAddress(packet.source);
                case "--dst-type" -> packet.isLocalAddress(packet.destination);
                case "--ctstate" -> Set.of(value.split(",")).stream().anyMatch(states()::contains);
                case "--mark" -> marked(value.split("/"));
                case "--probability" -> skips-- == 0;
                default -> true;
            };
        }

        private boolean device(String pattern) {
            String device = packet.inputDevice == null ? "" : packet.inputDevice;
            return pattern.endsWith("+")
                    ? device.startsWith(pattern.substring(0, pattern.length() - 1))
                    : device.equals(pattern);
        }

        private boolean marked(String[] valueAndMask) {
            return (mark & Integer.decode(valueAndMask[1])) == Integer.decode(valueAndMask[0]);
        }

        private Set<String> states() {
            Set<String> states = new TreeSet<>();
            states.add(packet.ctState.name().toUpperCase(Locale.ROOT));
            if (packet.ctDnat) {
                states.add("DNAT");
            }
            return states;
        }

        private boolean recent(List<String> rule, String option) {
            String list = rule.get(rule.indexOf("--name") + 1);
            IpAddress source = packet.source;
            List<Stamp> known = stamps.computeIfAbsent(list, name -> new ArrayList<>());
            if (option.equals("--set")) {
                // recent_mt: an entry that is touched goes to the end; the first makes room
                known.removeIf(stamp -> stamp.source.equals(source));
                known.add(new Stamp(source, packet.nowNanos));
                if (known.size() > 100) {
                    known.removeFirst();
                }
                return true;
            }
            long seconds = Long.parseLong(rule.get(rule.indexOf("--seconds") + 1));
            // time_after(time, stamp) is false for the last moment
            return known.stream().anyMatch(stamp -> stamp.source.equals(source)
                    && stamp.nanos >= packet.nowNanos - seconds * NANOS_PER_SECOND);
        }
    }
}
