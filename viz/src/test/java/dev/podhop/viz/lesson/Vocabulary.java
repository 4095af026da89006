package dev.podhop.viz.lesson;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words that a lesson may not use before it has said what they mean. */
final class Vocabulary {

    /** {@code **Bridge.**}, {@code **Accept queue, backlog.**}, {@code **Race** (of ...)}. */
    private static final Pattern HEAD = Pattern.compile("(?m)^\\*\\*([^*]+?)\\.?\\*\\*");
    /** Words of the glossary that everybody has, in the sense that everybody knows. */
    private static final Set<String> EVERYDAYS = Set.of("rule", "table", "chain", "mark", "confirm",
            "neighbour", "race", "hint", "seed", "step", "outcome", "assumption", "profile",
            "target", "flow", "attempt", "hop", "scenario", "expectation", "all unhealthy");
    /** What the glossary takes for known. */
    private static final List<String> MORE = List.of("node", "pod", "Service", "load balancer",
            "cluster IP", "container", "Deployment", "StatefulSet", "DaemonSet", "DNS", "UDP",
            "TCP", "SYN", "SYN-ACK", "RST", "reset", "router", "device", "label", "selector",
            "hairpin", "preStop", "handshake", "kernel", "socket", "netfilter", "masquerade",
            "iptables", "nftables", "ipvs");

    private Vocabulary() {}

    static List<String> words() throws IOException {
        String page = Files.readString(Path.of("../docs/glossary.md"));
        Stream<String> heads = HEAD.matcher(page).results().map(each -> each.group(1))
                .flatMap(each -> Stream.of(each.split(", ")));
        return Stream.concat(heads, MORE.stream()).filter(each -> !EVERYDAYS.contains(
                each.toLowerCase(Locale.ROOT))).distinct().toList();
    }
}
