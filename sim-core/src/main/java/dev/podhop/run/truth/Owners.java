package dev.podhop.run.truth;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.kubeproxy.NameHash;
import dev.podhop.kubeproxy.ServicePortName;
import dev.podhop.net.IpAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which Service port a rule, an element or a virtual server belongs to. */
final class Owners {

    private static final int HASH_CHARACTERS = 16;
    private static final Pattern CHAIN = Pattern.compile("KUBE-(?:SVC|SVL|EXT|FW|XLB)-(\\w{16})");
    private static final Pattern COMMENT = Pattern.compile(
            "\"[^\"]*?\\b([a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9.-]*(?::[A-Za-z0-9-]+)?)[^\"]*\"");
    private static final Pattern NFT = Pattern.compile(
            "\\b(?:service|local|external|endpoint|firewall|affinity)-[A-Z0-9]{8}-"
                    + "([^/\\s]+/[^/\\s]+)/(?:tcp|udp|sctp)/([^_\\s,}]*)");
    private static final Pattern PAIR = Pattern.compile(
            "([0-9a-fA-F:.]+) \\. (tcp|udp|sctp) \\. (\\d+)"
                    + "|([0-9a-fA-F:.]+),(tcp|udp|sctp):(\\d+)");
    private static final Pattern NODE_PORT = Pattern.compile("^(tcp|udp|sctp) \\. (\\d+)");
    private static final Pattern MATCHED = Pattern.compile("-d ([0-9a-fA-F:.]+)");
    private static final Pattern PROTOCOL = Pattern.compile("-p (\\w+)");
    private static final Pattern PORT = Pattern.compile("--dport (\\d+)");

    private final Map<String, String> hashes = new HashMap<>();
    private final Map<String, String> doors = new HashMap<>();
    private final Set<String> names = new LinkedHashSet<>();

    Owners(Collection<Service> services, Vips vips) {
        for (Service service : services) {
            for (ServicePort port : service.spec().ports()) {
                add(service, port, vips.of(service));
            }
        }
    }

    /** A Service's addresses at its load balancer. */
    interface Vips {
        Collection<IpAddress> of(Service service);
    }

    private void add(Service service, ServicePort port, Collection<IpAddress> vips) {
        ServicePortName key = new ServicePortName(service.metadata().namespace(),
                service.metadata().name(), port.name(), port.l4Protocol());
        String protocol = port.l4Protocol().lowerCase();
        String name = key.toString();
        names.add(name);
        hashes.put(NameHash.of(key + protocol, HASH_CHARACTERS), name);
        service.spec().clusterAddresses().forEach(ip -> door(protocol, ip, port.port(), name));
        vips.forEach(ip -> door(protocol, ip, port.port(), name));
        service.spec().externalIPs().forEach(text -> Addresses.parse(text)
                .ifPresent(ip -> door(protocol, ip, port.port(), name)));
        if (port.nodePort() != 0) {
            doors.put(protocol + " " + port.nodePort(), name);
        }
    }

    private void door(String protocol, IpAddress ip, int port, String name) {
        doors.put(protocol + " " + ip.withPort(port), name);
    }

    /** Whether the file has that Service port. */
    boolean has(String name) {
        return names.contains(name);
    }

    /** The Service port of a chain, as its name says; empty where it says nothing. */
    Optional<String> ofChain(String chain) {
        Matcher hash = CHAIN.matcher(chain);
        if (hash.matches() && hashes.containsKey(hash.group(1))) {
            return Optional.of(hashes.get(hash.group(1)));
        }
        return nft(chain);
    }

    /** The Service port that a rule or an element names, by chain, remark, or address. */
    Optional<String> of(String text) {
        Matcher hash = CHAIN.matcher(text);
        while (hash.find()) {
            if (hashes.containsKey(hash.group(1))) {
                return Optional.of(hashes.get(hash.group(1)));
            }
        }
        Matcher comment = COMMENT.matcher(text);
        if (comment.find()) {
            return Optional.of(comment.group(1));
        }
        return nft(text).or(() -> byAddress(text));
    }

    private static Optional<String> nft(String text) {
        Matcher named = NFT.matcher(text);
        return named.find()
                ? Optional.of(named.group(1)
                        + (named.group(2).isEmpty() ? "" : ":" + named.group(2)))
                : Optional.empty();
    }

    private Optional<String> byAddress(String text) {
        Matcher pair = PAIR.matcher(text);
        if (pair.find()) {
            int group = pair.group(1) == null ? 4 : 1;
            return of(pair.group(group + 1), pair.group(group), pair.group(group + 2));
        }
        Matcher node = NODE_PORT.matcher(text);
        if (node.find()) {
            return Optional.ofNullable(doors.get(node.group(1) + " " + node.group(2)));
        }
        Matcher to = MATCHED.matcher(text);
        Matcher protocol = PROTOCOL.matcher(text);
        Matcher port = PORT.matcher(text);
        return to.find() && protocol.find() && port.find()
                ? of(protocol.group(1), to.group(1), port.group(1))
                : Optional.empty();
    }

    private Optional<String> of(String protocol, String address, String port) {
        return IpAddress.parse(address).map(ip -> doors.get(
                protocol + " " + ip.withPort(Integer.parseInt(port))));
    }

    /** The Service port of a virtual server; empty where none has that address. */
    Optional<String> ofServer(String key) {
        String door = doors.get(key);
        return Optional.ofNullable(door != null ? door
                : doors.get(key.substring(0, key.indexOf(' ') + 1)
                        + key.substring(key.lastIndexOf(':') + 1)));
    }
}
