package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.packet.CtState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
 * Runs a packet through the text of {@code nft list ruleset}, rule by rule, as the kernel does: the
 * slow truth that the constant-time program is held against. Knows nothing of the program, and
 * remembers who was where in sets of its own.
 */
final class TableWalker {

    private static final Pattern OBJECT = Pattern.compile("\t(set|map|chain) (\\S+) \\{");
    private static final Pattern HOOK = Pattern.compile("type (\\S+) hook (\\S+) priority ([^;]+);"
            + " policy accept;");
    private static final Pattern ELEMENTS = Pattern.compile("elements = \\{ (.*) }");
    private static final Pattern VMAP = Pattern.compile("(.*?) ?vmap (@\\S+|\\{.*})");

    private final Map<String, List<String>> chains = new LinkedHashMap<>();
    private final Map<String, Set<String>> sets = new HashMap<>();
    private final Map<String, Map<String, String>> maps = new HashMap<>();
    private final Map<String, String> comments = new HashMap<>();
    private final Map<String, Long> timeouts = new HashMap<>();
    private final Map<String, Map<IpAddress, Long>> remembered = new HashMap<>();

    /** A base chain, by what its first line says. */
    record Base(String name, String type, String hook, String priority) {}

    final List<Base> bases = new ArrayList<>();

    /** What a chain decides. */
    record Outcome(String action, String target, int mark, List<String> matched) {}

    TableWalker(String text) {
        String kind = "";
        String name = "";
        for (String line : text.replaceAll(",\n\\s+", ", ").lines().toList()) {
            Matcher object = OBJECT.matcher(line);
            if (object.matches()) {
                kind = object.group(1);
                name = object.group(2);
                if (kind.equals("chain")) {
                    chains.put(name, new ArrayList<>());
                }
            } else if (line.startsWith("\t\t")) {
                line(kind, name, line.strip());
            }
        }
    }

    private void line(String kind, String name, String line) {
        Matcher hook = HOOK.matcher(line);
        Matcher elements = ELEMENTS.matcher(line);
        if (hook.matches()) {
            bases.add(new Base(name, hook.group(1), hook.group(2), hook.group(3)));
        } else if (elements.matches()) {
            Arrays.stream(elements.group(1).split(", ")).forEach(each -> element(name, each));
        } else if (line.startsWith("timeout ")) {
            timeouts.put(name, seconds(line.substring("timeout ".length())) * 1_000_000_000L);
        } else if (kind.equals("chain") && !line.startsWith("comment ")) {
            chains.get(name).add(line);
        }
    }

    private static long seconds(String text) {
        long total = 0;
        Matcher part = Pattern.compile("(\\d+)([dhms])").matcher(text);
        while (part.find()) {
            total += Long.parseLong(part.group(1)) * switch (part.group(2)) {
                case "d" -> 86_400;
                case "h" -> 3600;
                case "m" -> 60;
                default -> 1;
            };
        }
        return total;
    }

    private void element(String name, String text) {
        String[] parts = text.replaceAll(" comment \"[^\"]*\"", "").split(" : ");
        if (parts.length == 1) {
            sets.computeIfAbsent(name, n -> new TreeSet<>()).add(parts[0]);
        } else {
            maps.computeIfAbsent(name, n -> new HashMap<>()).put(parts[0], parts[1]);
            comments.put(name + " " + parts[0], text.substring(0, text.lastIndexOf(" : ")));
        }
    }

    /** Asks a base chain. */
    Outcome ask(String chain, FakePacket packet) {
        Walk walk = new Walk(packet);
        walk.chain(chain);
        return new Outcome(walk.action == null ? "CONTINUE" : walk.action, walk.target, walk.mark,
                walk.matched);
    }

    private final class Walk {

        private final FakePacket packet;
        private final List<String> matched = new ArrayList<>();
        private int mark;
        private String target = "";
        private @Nullable String action;

        Walk(FakePacket packet) {
            this.packet = packet;
            this.mark = packet.mark;
        }

        /** False when a verdict was given. A {@code goto} does not come back to its own chain. */
        private boolean chain(String name) {
            for (String rule : chains.get(name)) {
                String left = conditions(name, rule);
                if (left == null) {
                    continue;
                }
                String[] words = left.split(" ");
                switch (words[0]) {
                    case "return" -> {
                        return true;
                    }
                    case "goto" -> {
                        return chain(words[1]);
                    }
                    case "jump" -> {
                        if (!chain(words[1])) {
                            return false;
                        }
                    }
                    case "" -> {
                    }
                    default -> {
                        verdict(words);
                        return false;
                    }
                }
            }
            return true;
        }

        private void verdict(String[] words) {
            action = words[0].toUpperCase(Locale.ROOT);
            target = switch (words[0]) {
                case "dnat" -> words[2];
                case "masquerade" -> words[1];
                default -> "";
            };
        }

        /** Tests a rule from the left; what is left when all tests passed, or null. */
        private @Nullable String conditions(String chain, String rule) {
            String left = rule.replaceAll(" ?comment \"[^\"]*\"$", "");
            Matcher vmap = VMAP.matcher(left);
            String element = "";
            if (vmap.matches()) {
                String verdict = lookUp(vmap.group(1), vmap.group(2));
                if (verdict == null) {
                    return null;
                }
                element = verdict;
                String key = vmap.group(1).replaceAll("(ip6? daddr \\. )?meta l4proto \\. th dport$"
                        + "|numgen random mod \\d+$", "").strip();
                left = (key + " " + verdict.substring(verdict.indexOf(" : ") + 3)).strip();
            }
            String before = "";
            while (!left.equals(before)) {
                before = left;
                String next = test(left);
                if (next == null) {
                    return null;
                }
                left = next;
            }
            matched.add(chain + ": " + (element.isEmpty() ? rule : quoted(rule, element)));
            return left;
        }

        private static String quoted(String rule, String element) {
            return rule.replaceAll("(@\\S+)$", "$1 { " + Matcher.quoteReplacement(element) + " }")
                    .replaceAll("vmap \\{.*}$",
                            "vmap { " + Matcher.quoteReplacement(element) + " }");
        }

        private @Nullable String lookUp(String keys, String map) {
            String key;
            if (keys.startsWith("numgen random mod")) {
                int n = Integer.parseInt(keys.substring(keys.lastIndexOf(' ') + 1));
                key = String.valueOf(Math.min(packet.choice, n - 1));
            } else {
                String port = packet.protocol.lowerCase() + " . " + packet.destinationPort;
                key = keys.contains("daddr . ") ? packet.destination + " . " + port : port;
            }
            if (map.startsWith("@")) {
                String verdict = maps.getOrDefault(map.substring(1), Map.of()).get(key);
                return verdict == null ? null : elementText(map.substring(1), key, verdict);
            }
            for (String each : map.substring(2, map.length() - 2).split(", ")) {
                if (each.startsWith(key + " : ")) {
                    return each;
                }
            }
            return null;
        }

        /** Elements that refuse or guard carry a comment, which the trace quotes. */
        private String elementText(String map, String key, String verdict) {
            return comments.getOrDefault(map + " " + key, key) + " : " + verdict;
        }

        /** One test or statement at the left end: the rest if it passed, null if not. */
        private @Nullable String test(String text) {
            String[] words = text.split(" ");
            String rest = "";
            boolean passed = true;
            if (text.startsWith("ct state new ")) {
                rest = rest(words, 3);
                passed = packet.ctState == CtState.NEW;
            } else if (text.startsWith("meta mark & ")) {
                rest = rest(words, 6);
                passed = (mark & Integer.decode(words[3])) == Integer.decode(words[5]);
            } else if (text.startsWith("meta mark set meta mark ")) {
                int bit = Integer.decode(words[6]);
                mark = words[5].equals("|") ? mark | bit : mark ^ bit;
                rest = rest(words, 7);
            } else if (text.startsWith("meta l4proto ")) {
                rest = rest(words, 3);
                passed = packet.protocol.lowerCase().equals(words[2]);
            } else if (text.startsWith("fib ")) {
                rest = rest(words, 4);
                passed = packet.isLocalAddress(
                        words[1].equals("saddr") ? packet.source : packet.destination);
            } else if (text.startsWith("iif")) {
                boolean not = words[1].equals("!=");
                rest = rest(words, not ? 3 : 2);
                passed = device(words[not ? 2 : 1]) != not;
            } else if (words.length > 1 && words[1].endsWith("addr")) {
                return address(words);
            } else if (words.length > 2 && words[1].equals("dport")) {
                rest = rest(words, 3);
                passed = packet.protocol.lowerCase().equals(words[0])
                        && packet.destinationPort == Integer.parseInt(words[2]);
            } else if (text.startsWith("update @")) {
                remembered.computeIfAbsent(words[1].substring(1), n -> new HashMap<>())
                        .put(packet.source, packet.nowNanos);
                rest = "";
            } else {
                rest = text;
            }
            return passed ? rest : null;
        }

        private boolean device(String quoted) {
            String name = quoted.replace("\"", "");
            String device = packet.inputDevice == null ? "" : packet.inputDevice;
            return name.endsWith("*") ? device.startsWith(name.substring(0, name.length() - 1))
                    && !device.isEmpty() : device.equals(name);
        }

        private @Nullable String address(String[] words) {
            IpAddress address = words[1].equals("saddr") ? packet.source : packet.destination;
            boolean not = words[2].equals("!=");
            int at = not ? 3 : 2;
            boolean in;
            int end = at + 1;
            if (words[at].startsWith("@")) {
                in = inSet(words[at].substring(1), address);
            } else if (words[at].equals("{")) {
                end = Arrays.asList(words).indexOf("}") + 1;
                in = Arrays.stream(words, at + 1, end - 1)
                        .anyMatch(each -> in(each.replace(",", ""), address));
            } else {
                in = in(words[at], address);
            }
            return in == not ? null : rest(words, end);
        }

        private boolean inSet(String set, IpAddress address) {
            Long timeout = timeouts.get(set);
            if (timeout == null) {
                return sets.getOrDefault(set, Set.of()).contains(address.toString());
            }
            Long stamped = remembered.getOrDefault(set, Map.of()).get(address);
            return stamped != null && packet.nowNanos < stamped + timeout;
        }

        private static boolean in(String range, IpAddress address) {
            if (range.contains("-")) {
                String[] ends = range.split("-");
                return address.compareTo(IpAddress.of(ends[0])) >= 0
                        && address.compareTo(IpAddress.of(ends[1])) <= 0;
            }
            return range.contains("/") ? Cidr.of(range).contains(address)
                    : IpAddress.of(range).same(address);
        }

        private static String rest(String[] words, int from) {
            return String.join(" ", Arrays.copyOfRange(words, from, words.length));
        }
    }
}
