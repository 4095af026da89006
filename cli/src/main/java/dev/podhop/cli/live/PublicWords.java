package dev.podhop.cli.live;

import java.util.Set;
import java.util.regex.Pattern;

/** Words that say nothing about whose cluster it is, and that Podhop or Kubernetes goes by. */
final class PublicWords {

    /** Namespaces that every cluster has, or that an add-on's own manifests name. */
    private static final Set<String> NAMESPACES = Set.of("default", "kube-system", "kube-public",
            "kube-node-lease", "kube-flannel", "calico-system", "tigera-operator", "metallb-system",
            "ingress-nginx", "cert-manager", "istio-system", "linkerd", "local-path-storage",
            "gke-managed-system", "gmp-system", "amazon-cloudwatch");

    /** What is a name in one place and a value with a meaning in the next. */
    private static final Set<String> WORDS = Set.of("true", "false", "http", "https", "tcp", "udp",
            "sctp", "grpc", "dns", "dns-tcp", "metrics", "linux", "windows", "amd64", "arm64",
            "default", "kubernetes", "cluster", "local", "svc", "pod", "ip", "instance", "internal",
            "external", "internet-facing", "nlb", "nlb-ip", "none", "all", "any", "auto", "on",
            "off", "yes", "no", "enabled", "disabled", "standard", "basic", "premium", "worker",
            "master", "control-plane", "node", "kube-dns", "coredns", "kube-proxy",
            "node-local-dns", "aws", "azure", "gcp", "null", "proxy", "vip", "config", "hostname");

    /** Keys of labels and annotations whose domain is Kubernetes', a vendor's or an add-on's. */
    private static final Pattern KEY = Pattern.compile("[^/]*|(?:.*\\.)?(?:kubernetes\\.io|k8s\\.io"
            + "|k8s\\.aws|eksctl\\.io|amazonaws\\.com|azure\\.com|cloud\\.google\\.com|gke\\.io"
            + "|tencent\\.com|qcloud\\.com|metallb\\.universe\\.tf|metallb\\.io|k3s\\.io"
            + "|cattle\\.io|cilium\\.io|projectcalico\\.org|flannel\\.alpha\\.coreos\\.com)/.*");

    /** Names of hosts that a cloud makes, whose first label is the customer's. */
    private static final Pattern CLOUD_HOST = Pattern.compile("[^.]+\\.(.*(?:amazonaws\\.com"
            + "|compute\\.internal|ec2\\.internal|cloudapp\\.azure\\.com|azmk8s\\.io"
            + "|c\\..*\\.internal"
            + "|internal\\.cloudapp\\.net|googleusercontent\\.com|tencentclb\\.com))");

    private PublicWords() {}

    static boolean isPublicNamespace(String namespace) {
        return NAMESPACES.contains(namespace);
    }

    static boolean isPublic(String word) {
        return WORDS.contains(word) || NAMESPACES.contains(word) || word.length() < 2
                || word.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == ':');
    }

    static boolean isPublicKey(String key) {
        return KEY.matcher(key).matches();
    }

    /** What follows the first label of a cloud's host name, or nothing. */
    static String cloudDomain(String host) {
        var matcher = CLOUD_HOST.matcher(host);
        return matcher.matches() ? "." + matcher.group(1) : "";
    }
}
