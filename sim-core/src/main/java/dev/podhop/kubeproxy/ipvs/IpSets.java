package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.EndpointInfo;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/** What is in kube-proxy's ipsets on one node, as text; written when somebody asks to see it. */
final class IpSets {

    private final IpFamily family;
    private final IpvsNode node;
    private final Map<SetNames, TreeSet<String>> entries = new EnumMap<>(SetNames.class);

    IpSets(ServiceTable table, IpvsNode node, Iterable<IpAddress> bound) {
        this.family = table.family();
        this.node = node;
        for (SetNames set : SetNames.values()) {
            entries.put(set, new TreeSet<>());
        }
        table.ports().forEach(this::add);
        bound.forEach(address -> put(SetNames.IPVS_IPS, address.toString()));
    }

    boolean isEmpty(SetNames set) {
        return Objects.requireNonNull(entries.get(set)).isEmpty();
    }

    private void put(SetNames set, String entry) {
        Objects.requireNonNull(entries.get(set)).add(entry);
    }

    private void add(ServedPort served) {
        ServicePortInfo info = served.info();
        String protocol = info.name().protocol().lowerCase();
        for (EndpointInfo endpoint : served.endpoints()) {
            if (endpoint.isLocal(node.node().name())) {
                IpAddress address = endpoint.endpoint().address();
                put(SetNames.LOOP_BACK, address + "," + protocol + ":"
                        + endpoint.endpoint().port() + "," + address);
            }
        }
        String port = "," + protocol + ":" + info.port();
        put(SetNames.CLUSTER_IP, info.clusterIp() + port);
        info.externalIps().forEach(ip -> put(info.externalPolicyLocal()
                ? SetNames.EXTERNAL_IP_LOCAL
                : SetNames.EXTERNAL_IP, ip + port));
        info.loadBalancerVips().forEach(vip -> loadBalancer(info, vip, vip + port));
        if (info.nodePort() != 0 && !node.nodeAddresses().isEmpty()) {
            nodePort(info);
        }
        if (info.healthCheckNodePort() != 0) {
            put(SetNames.HEALTH_CHECK_NODE_PORT, String.valueOf(info.healthCheckNodePort()));
        }
    }

    private void loadBalancer(ServicePortInfo info, IpAddress vip, String entry) {
        put(SetNames.LOAD_BALANCER, entry);
        if (info.externalPolicyLocal()) {
            put(SetNames.LOAD_BALANCER_LOCAL, entry);
        }
        if (info.hasSourceRanges()) {
            put(SetNames.LOAD_BALANCER_FW, entry);
            info.loadBalancerSourceRanges().forEach(range -> put(
                    SetNames.LOAD_BALANCER_SOURCE_CIDR, entry + "," + unmasked(range.toString())));
            if (Decider.allowsNode(info, node.node())) {
                put(SetNames.LOAD_BALANCER_SOURCE_IP, entry + "," + vip);
            }
        }
    }

    /** A range of one address is saved without its length. */
    private String unmasked(String range) {
        String whole = "/" + family.bits();
        return range.endsWith(whole) ? range.substring(0, range.length() - whole.length())
                : range;
    }

    private void nodePort(ServicePortInfo info) {
        L4Protocol protocol = info.name().protocol();
        List<String> texts = protocol == L4Protocol.SCTP
                ? node.nodeAddresses().stream().map(ip -> ip + ",sctp:" + info.nodePort())
                        .toList()
                : List.of(String.valueOf(info.nodePort()));
        texts.forEach(text -> put(Sets.nodePort(protocol), text));
        if (info.externalPolicyLocal()) {
            texts.forEach(text -> put(Sets.localNodePort(protocol), text));
        }
    }

    /** {@code ipset save}, sorted. */
    List<String> save() {
        List<String> lines = new ArrayList<>();
        entries.forEach((set, texts) -> {
            texts.forEach(text -> lines.add("add " + set.name(family) + " " + text));
            lines.add(set.create(family));
        });
        lines.sort(null);
        return lines;
    }

    /** Which sets a protocol's node ports are in. */
    static final class Sets {

        private Sets() {}

        static SetNames nodePort(L4Protocol protocol) {
            return switch (protocol) {
                case UDP -> SetNames.NODE_PORT_UDP;
                case SCTP -> SetNames.NODE_PORT_SCTP;
                default -> SetNames.NODE_PORT_TCP;
            };
        }

        static SetNames localNodePort(L4Protocol protocol) {
            return switch (protocol) {
                case UDP -> SetNames.NODE_PORT_LOCAL_UDP;
                case SCTP -> SetNames.NODE_PORT_LOCAL_SCTP;
                default -> SetNames.NODE_PORT_LOCAL_TCP;
            };
        }
    }
}
