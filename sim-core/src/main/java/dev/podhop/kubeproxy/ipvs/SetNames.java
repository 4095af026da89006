package dev.podhop.kubeproxy.ipvs;

import dev.podhop.net.IpFamily;

/** kube-proxy's ipsets ({@code ipvs/ipset.go}): names, types, and what rules say of them. */
enum SetNames {
    LOOP_BACK("KUBE-LOOP-BACK", "hash:ip,port,ip",
            "Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose"),
    CLUSTER_IP("KUBE-CLUSTER-IP", "hash:ip,port",
            "Kubernetes service cluster ip + port for masquerade purpose"),
    EXTERNAL_IP("KUBE-EXTERNAL-IP", "hash:ip,port",
            "Kubernetes service external ip + port for masquerade and filter purpose"),
    EXTERNAL_IP_LOCAL("KUBE-EXTERNAL-IP-LOCAL", "hash:ip,port",
            "Kubernetes service external ip + port with externalTrafficPolicy=local"),
    LOAD_BALANCER("KUBE-LOAD-BALANCER", "hash:ip,port", "Kubernetes service lb portal"),
    LOAD_BALANCER_LOCAL("KUBE-LOAD-BALANCER-LOCAL", "hash:ip,port",
            "Kubernetes service load balancer ip + port with externalTrafficPolicy=local"),
    LOAD_BALANCER_FW("KUBE-LOAD-BALANCER-FW", "hash:ip,port",
            "Kubernetes service load balancer ip + port for load balancer with sourceRange"),
    LOAD_BALANCER_SOURCE_IP("KUBE-LOAD-BALANCER-SOURCE-IP", "hash:ip,port,ip",
            "Kubernetes service load balancer ip + port + source IP for packet filter purpose"),
    LOAD_BALANCER_SOURCE_CIDR("KUBE-LOAD-BALANCER-SOURCE-CIDR", "hash:ip,port,net",
            "Kubernetes service load balancer ip + port + source cidr for packet filter purpose"),
    NODE_PORT_TCP("KUBE-NODE-PORT-TCP", "bitmap:port",
            "Kubernetes nodeport TCP port for masquerade purpose"),
    NODE_PORT_LOCAL_TCP("KUBE-NODE-PORT-LOCAL-TCP", "bitmap:port",
            "Kubernetes nodeport TCP port with externalTrafficPolicy=local"),
    NODE_PORT_UDP("KUBE-NODE-PORT-UDP", "bitmap:port",
            "Kubernetes nodeport UDP port for masquerade purpose"),
    NODE_PORT_LOCAL_UDP("KUBE-NODE-PORT-LOCAL-UDP", "bitmap:port",
            "Kubernetes nodeport UDP port with externalTrafficPolicy=local"),
    NODE_PORT_SCTP("KUBE-NODE-PORT-SCTP-HASH", "hash:ip,port",
            "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'"),
    NODE_PORT_LOCAL_SCTP("KUBE-NODE-PORT-LOCAL-SCTP-HASH", "hash:ip,port",
            "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type"
                    + " 'hash ip:port'"),
    HEALTH_CHECK_NODE_PORT("KUBE-HEALTH-CHECK-NODE-PORT", "bitmap:port",
            "Kubernetes health check node port"),
    IPVS_IPS("KUBE-IPVS-IPS", "hash:ip", "");

    /** {@code IPSET_MAXNAMELEN} less its end. */
    private static final int LONGEST = 31;

    private final String word;
    private final String type;
    private final String comment;

    SetNames(String word, String type, String comment) {
        this.word = word;
        this.type = type;
        this.comment = comment;
    }

    /** Its name in a family: IPv6's have a 6, and are cut where they grow too long. */
    String name(IpFamily family) {
        if (family == IpFamily.IPv4) {
            return word;
        }
        String six = "KUBE-6-" + word.substring("KUBE-".length());
        return six.length() <= LONGEST ? six : six.substring(0, LONGEST);
    }

    String comment() {
        return comment;
    }

    /** What a rule says of the set in a match. */
    String match(IpFamily family, String sides) {
        return "set --match-set " + name(family) + " " + sides;
    }

    /** The line that makes it, as {@code ipset save} prints it, but for hash parameters. */
    String create(IpFamily family) {
        return "create " + name(family) + " " + type + (type.startsWith("bitmap")
                ? " range 0-65535"
                : " family " + (family == IpFamily.IPv4 ? "inet" : "inet6")
                        + " hashsize 1024 maxelem 65536");
    }
}
