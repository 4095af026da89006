package dev.podhop.run.truth;

import dev.podhop.k8s.source.Location;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.nodedump.DumpedChain;
import dev.podhop.nodedump.NodeDump;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** In which modes a kube-proxy has written what a node has. */
final class DumpedMode {

    private DumpedMode() {}

    /** The modes whose rules are there, with where each is seen. */
    static Map<ProxyMode, Location> of(NodeDump dump) {
        Map<ProxyMode, Location> modes = new EnumMap<>(ProxyMode.class);
        for (DumpedChain chain : dump.chains()) {
            String name = chain.name().chain();
            boolean any = !chain.rules().isEmpty();
            if (chain.name().nft() && chain.name().table().equals(KubeChains.NFT_TABLE)) {
                modes.putIfAbsent(ProxyMode.NFTABLES, chain.where());
            } else if (any && (name.startsWith("KUBE-SVC-") || name.startsWith("KUBE-SEP-")
                    || name.equals("KUBE-EXTERNAL-SERVICES") || name.equals("KUBE-SERVICES")
                            && isByAddress(chain))) {
                modes.putIfAbsent(ProxyMode.IPTABLES, chain.where());
            } else if (any && (name.equals("KUBE-IPVS-FILTER")
                    || name.equals("KUBE-LOAD-BALANCER"))) {
                modes.putIfAbsent(ProxyMode.IPVS, chain.where());
            }
        }
        Location servers = dump.serversFrom();
        if (servers != null && !dump.servers().isEmpty()) {
            modes.putIfAbsent(ProxyMode.IPVS, servers);
        }
        return modes;
    }

    /** In ipvs mode that chain asks sets; in nat of iptables mode node ports come last. */
    private static boolean isByAddress(DumpedChain chain) {
        return chain.rules().stream().anyMatch(
                rule -> rule.verdict().target().equals("KUBE-NODEPORTS"));
    }

    /** Somebody who does kube-proxy's work without its rules, as far as is seen. */
    static Optional<String> replacement(NodeDump dump) {
        return dump.chains().stream().map(chain -> chain.name().chain())
                .flatMap(name -> name.startsWith("CILIUM_") ? Optional.of("Cilium").stream()
                        : name.startsWith("KUBE-ROUTER") ? Optional.of("kube-router").stream()
                        : name.startsWith("OVN-KUBE") ? Optional.of("OVN-Kubernetes").stream()
                        : name.startsWith("ANTREA") ? Optional.of("Antrea").stream()
                        : Optional.<String>empty().stream())
                .findFirst();
    }
}
