package dev.podhop.scenario;

import dev.podhop.net.IpAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * What lies around the cluster's DNS. The servers themselves are manifests: Service, pods and
 * ConfigMap of CoreDNS in kube-system.
 */
public record DnsSpec(
        @Key(value = "Names outside the cluster, each with its addresses or with one other name.",
                otherwise = "none: no name outside the cluster exists")
        Map<String, List<String>> names,
        @Key(value = "How long CoreDNS waits for the servers that it forwards to.",
                byDefault = "5ms")
        long forwardLatencyNanos,
        @Key(value = "Search domains in the nodes' own resolv.conf, which pods get behind the"
                + " cluster's.", otherwise = "none")
        List<String> nodeSearches,
        @Key(value = "How often the A and the AAAA question, sent at once from one socket, are"
                + " looked up in the node's connection table at the same moment. No source gives a"
                + " number: it hangs on the machine.", byDefault = "0", max = 1)
        BigFraction race,
        @Key(value = "kubelet's clusterDNS: the nameservers of pods' resolv.conf.",
                otherwise = "those of kubelet's ConfigMap, else the address of a NodeLocal DNSCache"
                        + " that is not bound to kube-dns's, else the addresses of Service"
                        + " kube-system/kube-dns")
        List<IpAddress> clusterDNS,
        @Key(value = "NodeLocal DNSCache on every node, as its project's manifest installs it.",
                otherwise = "where the manifests have it: a pod on its node's network with the flag"
                        + " -localip")
        @Nullable NodeLocalDns nodeLocal) {

    public DnsSpec {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
        nodeSearches = List.copyOf(nodeSearches);
        clusterDNS = List.copyOf(clusterDNS);
    }
}
