package dev.podhop.cni;

import dev.podhop.cni.PortMap.Entry;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** The portmap plugin's rules as {@code iptables-save} prints them, without {@code -A CHAIN}. */
final class PortMapText {

    static final String DNAT_CHAIN = "CNI-HOSTPORT-DNAT";
    static final String MARK_CHAIN = "CNI-HOSTPORT-SETMARK";
    static final String MASQ_CHAIN = "CNI-HOSTPORT-MASQ";
    static final String ENTER = "-m addrtype --dst-type LOCAL -j " + DNAT_CHAIN;
    static final String LEAVE =
            "-m comment --comment \"CNI portfwd requiring masquerade\" -j " + MASQ_CHAIN;
    static final String SET_MARK = "-m comment --comment \"CNI portfwd masquerade mark\""
            + " -j MARK --set-xmark 0x2000/0x2000";
    static final String MASQUERADE = "-m mark --mark 0x2000/0x2000 -j MASQUERADE";

    /** {@code -m multiport} takes no more. */
    private static final int MOST_PORTS = 15;

    private PortMapText() {}

    /** The jump into a pod's chain that a port takes. */
    static String jump(PortMap map, Entry entry) {
        List<Integer> ports = ports(map, entry.protocol(), entry.family());
        int at = ports.indexOf(entry.hostPort()) / MOST_PORTS * MOST_PORTS;
        return jump(map, entry.protocol(),
                ports.subList(at, Math.min(at + MOST_PORTS, ports.size())));
    }

    private static String jump(PortMap map, L4Protocol protocol, List<Integer> ports) {
        return "-p " + word(protocol) + " " + map.comment() + " -m multiport --dports "
                + String.join(",", ports.stream().map(String::valueOf).toList()) + " -j "
                + map.chain();
    }

    private static List<Integer> ports(PortMap map, L4Protocol protocol, IpFamily family) {
        return map.entries().stream()
                .filter(e -> e.protocol() == protocol && e.family() == family)
                .map(Entry::hostPort).distinct().toList();
    }

    /** What marks a source, {@code 10.244.1.0/24}; empty for every one. */
    static String mark(Entry entry, String source) {
        return (source.isEmpty() ? "" : "-s " + source + " ") + port(entry) + "-j " + MARK_CHAIN;
    }

    static String translate(Entry entry) {
        return port(entry) + "-j DNAT --to-destination " + entry.to();
    }

    private static String port(Entry entry) {
        IpAddress only = entry.hostIp();
        String to = only == null ? "" : "-d " + only + "/" + only.family().bits() + " ";
        String protocol = word(entry.protocol());
        return to + "-p " + protocol + " -m " + protocol + " --dport " + entry.hostPort() + " ";
    }

    private static String word(L4Protocol protocol) {
        return protocol.name().toLowerCase(Locale.ROOT);
    }

    /** All rules of a family, chain and text; empty where nothing of it is mapped. */
    static void rules(List<PortMap> maps, IpFamily family, boolean snat,
            BiConsumer<String, String> out) {
        List<PortMap> own = maps.stream()
                .filter(map -> map.entries().stream().anyMatch(e -> e.family() == family)).toList();
        if (own.isEmpty()) {
            return;
        }
        out.accept(Hook.PREROUTING.name(), ENTER);
        out.accept(Hook.OUTPUT.name(), ENTER);
        if (snat) {
            out.accept(Hook.POSTROUTING.name(), LEAVE);
            out.accept(MARK_CHAIN, SET_MARK);
            out.accept(MASQ_CHAIN, MASQUERADE);
        }
        for (PortMap map : own) {
            for (L4Protocol protocol : protocols(map, family)) {
                List<Integer> ports = ports(map, protocol, family);
                for (int i = 0; i < ports.size(); i += MOST_PORTS) {
                    out.accept(DNAT_CHAIN, jump(map, protocol,
                            ports.subList(i, Math.min(i + MOST_PORTS, ports.size()))));
                }
            }
            map.entries().stream().filter(entry -> entry.family() == family).forEach(entry -> {
                if (snat) {
                    out.accept(map.chain(), mark(entry, entry.source()));
                }
                if (snat && family == IpFamily.IPv4 && !entry.isForAll()) {
                    out.accept(map.chain(), mark(entry, PortMaps.LOOPBACK));
                }
                out.accept(map.chain(), translate(entry));
            });
        }
    }

    private static List<L4Protocol> protocols(PortMap map, IpFamily family) {
        List<L4Protocol> protocols = new ArrayList<>(map.entries().stream()
                .filter(e -> e.family() == family).map(Entry::protocol).distinct().toList());
        protocols.sort((a, b) -> word(a).compareTo(word(b)));
        return protocols;
    }
}
