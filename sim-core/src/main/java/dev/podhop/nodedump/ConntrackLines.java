package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lines of {@code conntrack -L} and of {@code /proc/net/nf_conntrack}. */
final class ConntrackLines {

    private static final Pattern LINE = Pattern.compile(
            "(?:ipv[46]\\s+\\d+\\s+)?(tcp|udp|sctp|icmp|icmpv6|dccp|udplite|gre|unknown|\\d+)"
                    + "\\s+\\d+\\s.*\\bsrc=.*");
    private static final Pattern FIELD = Pattern.compile("\\b(src|dst|sport|dport)=(\\S*)");

    private ConntrackLines() {}

    static boolean isLine(String line) {
        return LINE.matcher(line).matches();
    }

    /** Whether it was one of these. */
    static boolean read(String line, Location where, NodeDump dump, Problems problems) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        List<String> addresses = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        Matcher field = FIELD.matcher(line);
        while (field.find()) {
            (field.group(1).endsWith("port") ? ports : addresses).add(field.group(2));
        }
        if (addresses.size() != 4 || addresses.stream().anyMatch(
                a -> IpAddress.parse(a).isEmpty())) {
            problems.unexpected(where, "", DumpReader.shown(line),
                    "an entry with src and dst of both directions");
            return true;
        }
        if (ports.size() == 4) {
            Optional<SocketAddress> from = endpoint(addresses.get(0), ports.get(0));
            Optional<SocketAddress> to = endpoint(addresses.get(1), ports.get(1));
            Optional<SocketAddress> back = endpoint(addresses.get(2), ports.get(2));
            Optional<SocketAddress> forth = endpoint(addresses.get(3), ports.get(3));
            if (from.isEmpty() || to.isEmpty() || back.isEmpty() || forth.isEmpty()) {
                problems.unexpected(where, "", DumpReader.shown(line), "ports of 0 to 65535");
                return true;
            }
            dump.add(new DumpedEntry(matcher.group(1), from.get(), to.get(), back.get(),
                    forth.get(), !line.contains("[UNREPLIED]"), where));
        }
        return true;
    }

    private static Optional<SocketAddress> endpoint(String address, String port) {
        return port.matches("\\d{1,5}") && Integer.parseInt(port) <= 65535
                ? IpAddress.parse(address).map(ip -> new SocketAddress(ip, Integer.parseInt(port)))
                : Optional.empty();
    }
}
