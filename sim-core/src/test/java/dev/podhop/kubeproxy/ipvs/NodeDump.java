package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.kubeproxy.iptables.RuleWalker;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A node in ipvs mode as its tools print it: {@code ipvsadm -Sn}, {@code ipset save}, the addresses
 * of {@code kube-ipvs0}, {@code iptables-save}. Packets are walked through the texts alone.
 */
final class NodeDump {

    /** By {@code tcp 10.96.0.10:80}. */
    final Map<String, VirtualServer> virtual = new LinkedHashMap<>();
    final Set<IpAddress> bound;
    final RuleWalker rules;
    private final Map<String, Set<String>> sets = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();

    /** A virtual server with its real ones, sorted by their text. */
    record VirtualServer(String key, String scheduler, int persistentSeconds,
            Set<String> servers) {}

    NodeDump(List<String> ipvsadm, String dump) {
        ipvsadm.forEach(line -> virtualServer(line.split(" ")));
        Map<String, List<String>> parts = new HashMap<>();
        String head = "";
        for (String line : dump.lines().toList()) {
            if (line.startsWith("# ")) {
                head = line.split(" ")[1];
            } else {
                parts.computeIfAbsent(head, name -> new ArrayList<>()).add(line);
            }
        }
        parts.getOrDefault("ipset", List.of()).forEach(line -> set(line.split(" ")));
        bound = parts.getOrDefault("ip", List.of()).stream()
                .map(line -> IpAddress.of(line.replaceAll("/.*", "")))
                .collect(Collectors.toSet());
        List<String> saved = parts.getOrDefault("iptables-save",
                parts.getOrDefault("ip6tables-save", List.of()));
        rules = new Walker(String.join("\n", saved));
    }

    private void virtualServer(String[] words) {
        String protocol = switch (words[1]) {
            case "-t" -> "tcp";
            case "-u" -> "udp";
            default -> "sctp";
        };
        String key = protocol + " " + words[2];
        if (words[0].equals("-A")) {
            List<String> rest = List.of(words);
            int p = rest.indexOf("-p");
            virtual.put(key, new VirtualServer(key, words[4],
                    p < 0 ? 0 : Integer.parseInt(words[p + 1]), new TreeSet<>()));
        } else {
            virtual.get(key).servers().add(words[4]);
        }
    }

    private void set(String[] words) {
        if (words[0].equals("create")) {
            types.put(words[1], words[2]);
        } else {
            sets.computeIfAbsent(words[1], name -> new TreeSet<>()).add(words[2]);
        }
    }

    private final class Walker extends RuleWalker {

        Walker(String save) {
            super(save);
        }

        @Override
        protected boolean isMember(String name, String sides, FakePacket packet) {
            String type = types.get(name);
            if (type == null) {
                throw new AssertionError("a rule speaks of a set that is not there: " + name);
            }
            String protocol = packet.protocol.lowerCase();
            String[] side = sides.split(",");
            Set<String> entries = sets.getOrDefault(name, Set.of());
            return switch (type) {
                // a bitmap of ports takes TCP's and UDP's
                case "bitmap:port" -> !protocol.equals("sctp")
                        && entries.contains(String.valueOf(packet.destinationPort));
                case "hash:ip" -> entries.contains(address(side[0], packet));
                case "hash:ip,port" -> entries.contains(address(side[0], packet) + "," + protocol
                        + ":" + packet.destinationPort);
                case "hash:ip,port,ip" -> entries.contains(address(side[0], packet) + ","
                        + protocol + ":" + packet.destinationPort + ","
                        + address(side[2], packet));
                case "hash:ip,port,net" -> entries.stream().map(entry -> entry.split(","))
                        .anyMatch(entry -> entry[0].equals(address(side[0], packet))
                                && entry[1].equals(protocol + ":" + packet.destinationPort)
                                && range(entry[2]).contains(packet.source));
                default -> throw new AssertionError("type of a set: " + type);
            };
        }

        private String address(String side, FakePacket packet) {
            return (side.equals("src") ? packet.source : packet.destination).toString();
        }

        private Cidr range(String text) {
            return text.contains("/") ? Cidr.of(text) : Cidr.host(IpAddress.of(text));
        }

        @Override
        protected boolean isOf(String address, int port, FakePacket packet) {
            VirtualServer server = virtual.get(packet.protocol.lowerCase() + " "
                    + IpAddress.of(address).withPort(port));
            return server != null && server.servers()
                    .contains(packet.destination.withPort(packet.destinationPort));
        }
    }
}
