package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines of {@code ipvsadm -Sn}, {@code ipvsadm -Ln}, {@code ipset save} and kube-ipvs0. */
final class IpvsLines {

    private static final Map<String, String> PROTOCOLS =
            Map.of("-t", "tcp", "-u", "udp", "--sctp-service", "sctp", "-f", "fwm");
    private static final Pattern SAVED = Pattern.compile("-[Aa] (-t|-u|-f|--sctp-service) .*");
    private static final Pattern LISTED =
            Pattern.compile("(TCP|UDP|SCTP|FWM)\\s+(\\S+)(?:\\s+(\\S.*))?");
    private static final Pattern REAL =
            Pattern.compile("->\\s+(\\S+)\\s+(\\S+)\\s+(\\d+)(?:\\s+\\d+)*");
    private static final Pattern SET = Pattern.compile("(create|add) (\\S+) (\\S+)(.*)");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:\\d+: \\S+\\s+)?(?:inet6? )?([0-9a-fA-F.:]+)/\\d+(?:\\s.*)?");
    private static final String HEAD = "(TCP|UDP|SCTP|FWM)\\s+\\S+\\s+\\S.*";

    private IpvsLines() {}

    static boolean isLine(String line) {
        return SAVED.matcher(line).matches() || line.matches(HEAD) || REAL.matcher(line).matches()
                || SET.matcher(line).matches() || ADDRESS.matcher(line).matches();
    }

    /** Whether it was one of these. */
    static boolean read(String line, Location where, NodeDump dump, Problems problems) {
        if (SAVED.matcher(line).matches()) {
            dump.began(NodeDump.Part.SERVERS, where);
            saved(Words.of(line), where, dump, problems);
            return true;
        }
        Matcher set = SET.matcher(line);
        if (set.matches()) {
            dump.began(NodeDump.Part.SETS, where);
            dump.add(new DumpedSet("ipset", "", set.group(2),
                    set.group(1).equals("add") ? Map.of(set.group(3), where) : Map.of(), where));
            return true;
        }
        Matcher real = REAL.matcher(line);
        if (real.matches()) {
            if (dump.lastServer().isEmpty()) {
                problems.unexpected(where, "", DumpReader.shown(line),
                        "its virtual server on a line before it");
            } else {
                dump.add(new DumpedServer(dump.lastServer(), "",
                        Map.of(real.group(1), Integer.parseInt(real.group(3))), where));
            }
            return true;
        }
        Matcher listed = LISTED.matcher(line);
        if (line.matches(HEAD) && listed.matches()) {
            dump.began(NodeDump.Part.SERVERS, where);
            dump.add(new DumpedServer(listed.group(1).toLowerCase(Locale.ROOT) + " "
                    + listed.group(2), Objects.requireNonNullElse(listed.group(3), "").strip(),
                    Map.of(), where));
            return true;
        }
        Matcher address = ADDRESS.matcher(line);
        if (address.matches()) {
            dump.began(NodeDump.Part.BOUND, where);
            dump.bind(address.group(1), where);
            return true;
        }
        return false;
    }

    private static void saved(List<String> words, Location where, NodeDump dump,
            Problems problems) {
        String key = PROTOCOLS.get(words.get(1)) + " " + words.get(2);
        if (words.getFirst().equals("-A")) {
            dump.add(new DumpedServer(key, flags(words.subList(3, words.size())), Map.of(),
                    where));
            return;
        }
        String real = after(words, "-r");
        String weight = after(words, "-w");
        if (real == null || weight != null && !weight.matches("\\d{1,9}")) {
            problems.unexpected(where, "", DumpReader.shown(String.join(" ", words)),
                    "a real server: -a -t IP:PORT -r IP:PORT -m -w N");
            return;
        }
        dump.add(new DumpedServer(key, "",
                Map.of(real, weight == null ? 1 : Integer.parseInt(weight)), where));
    }

    /** As {@code ipvsadm -Ln} prints them. */
    private static String flags(List<String> words) {
        List<String> flags = new ArrayList<>();
        String scheduler = after(words, "-s");
        flags.add(scheduler == null ? "wlc" : scheduler);
        String flag = after(words, "-b");
        if (flag != null) {
            flags.add("(" + flag + ")");
        }
        String persistent = after(words, "-p");
        if (persistent != null) {
            flags.add("persistent " + persistent);
        }
        return String.join(" ", flags);
    }

    private static @Nullable String after(List<String> words, String option) {
        int at = words.indexOf(option);
        return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : null;
    }
}
