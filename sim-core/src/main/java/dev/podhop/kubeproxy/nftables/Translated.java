package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.ForeignRule;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A rule of {@code iptables} as {@code nft} lists it ({@code xt_match}es and targets in
 * {@code iptables/nft.c} and {@code extensions/libxt_*.c}, their {@code xlate} functions): what
 * port maps and the masquerading of CNI plugins consist of. Words that it has no translation for
 * stay as iptables spells them.
 */
final class Translated {

    private static final String COUNTER = "counter packets 0 bytes 0 ";

    private final IpFamily family;
    private final List<String> words;
    private int next;
    private String protocol = "";
    private String not = "";

    Translated(ForeignRule rule) {
        this.family = rule.family();
        this.words = Words.of(rule.text());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        while (next < words.size()) {
            text.append(word(words.get(next++)));
        }
        return text.toString().stripTrailing();
    }

    private String take() {
        return next < words.size() ? words.get(next++) : "";
    }

    private String word(String word) {
        return switch (word) {
            case "!" -> {
                not = "!= ";
                yield "";
            }
            case "-s" -> address(" saddr ");
            case "-d" -> address(" daddr ");
            case "-p" -> {
                protocol = take();
                // a port's match that follows tells the protocol, too
                yield follows(protocol) ? "" : "meta l4proto " + protocol + " ";
            }
            case "-m" -> match(take());
            case "--dport", "--dports" -> protocol + " dport " + take() + " ";
            case "--dst-type" -> "fib daddr type " + lower(take());
            case "--mark" -> mark(take().split("/", 2));
            case "-j" -> COUNTER + target(take());
            default -> word.toLowerCase(Locale.ROOT) + " ";
        };
    }

    private boolean follows(String match) {
        return next + 1 < words.size() && words.get(next).equals("-m")
                && words.get(next + 1).equals(match);
    }

    private String address(String side) {
        String text = BaseChains.word(family) + side + not + unmasked(take(), family) + " ";
        not = "";
        return text;
    }

    /** A comment is kept out of the list, but for the space that follows it. */
    private String match(String name) {
        if (name.equals("comment")) {
            next += 2;
            return " ";
        }
        return "";
    }

    private static String mark(String[] value) {
        return value.length == 1 ? "meta mark " + hex(value[0]) + " "
                : "meta mark & " + hex(value[1]) + " == " + hex(value[0]) + " ";
    }

    private String target(String name) {
        return switch (name) {
            case "RETURN", "ACCEPT", "DROP", "REJECT" -> lower(name);
            case "MASQUERADE" -> "masquerade " + (take().equals("--random-fully")
                    ? "fully-random"
                    : "");
            case "DNAT" -> {
                take();
                yield "dnat to " + take();
            }
            case "MARK" -> {
                take();
                String bits = take().split("/", 2)[0];
                yield "meta mark set mark or " + bits;
            }
            default -> "jump " + name;
        };
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT) + " ";
    }

    private static String hex(String value) {
        return String.format(Locale.ROOT, "0x%08x", Long.decode(value));
    }

    /** A range of one address is written without its length. */
    private static String unmasked(String range, IpFamily family) {
        String whole = "/" + family.bits();
        return range.endsWith(whole) ? range.substring(0, range.length() - whole.length())
                : range;
    }

    /** Words of a line, where quotes hold several together. */
    private static final class Words {

        private Words() {}

        static List<String> of(String line) {
            List<String> words = new ArrayList<>();
            StringBuilder word = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '\\' && i + 1 < line.length()) {
                    word.append(line.charAt(++i));
                } else if (c == '"') {
                    quoted = !quoted;
                } else if (c == ' ' && !quoted) {
                    words.add(word.toString());
                    word.setLength(0);
                } else {
                    word.append(c);
                }
            }
            words.add(word.toString());
            return words;
        }
    }
}
