package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.NameHash;
import dev.podhop.kubeproxy.ServicePortName;

/**
 * Names of kube-proxy's chains. Chain names are limited to 28 characters, so what belongs to a
 * Service port or an endpoint is named by a prefix and 16 characters of a hash
 * ({@code portProtoHash}, {@code servicePortEndpointChainName}).
 */
final class ChainNames {

    static final String SERVICES = "KUBE-SERVICES";
    static final String EXTERNAL_SERVICES = "KUBE-EXTERNAL-SERVICES";
    static final String NODE_PORTS = "KUBE-NODEPORTS";
    static final String POSTROUTING = "KUBE-POSTROUTING";
    static final String MARK_MASQ = "KUBE-MARK-MASQ";
    static final String FORWARD = "KUBE-FORWARD";
    static final String PROXY_FIREWALL = "KUBE-PROXY-FIREWALL";
    static final String FIREWALL = "KUBE-FIREWALL";
    /** Empty; when somebody flushes the tables it is gone, which is how kube-proxy notices. */
    static final String CANARY = "KUBE-PROXY-CANARY";

    private static final int HASH_CHARACTERS = 16;

    private ChainNames() {}

    /** What follows the prefix in the names of a Service port's chains. */
    static String serviceHash(ServicePortName name) {
        return NameHash.of(name + name.protocol().lowerCase(), HASH_CHARACTERS);
    }

    /** The chain of one endpoint of a Service port; also the name of its affinity list. */
    static String endpoint(ServicePortName name, String endpoint) {
        return "KUBE-SEP-" + NameHash.of(name + name.protocol().lowerCase() + endpoint,
                HASH_CHARACTERS);
    }
}
