package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code spec} of a Pod, with the API server's defaults in place.
 *
 * @param nodeName the node it is bound to; empty until it is scheduled
 * @param dnsPolicy ClusterFirst, ClusterFirstWithHostNet, Default or None
 * @param restartPolicy Always, OnFailure or Never
 */
public record PodSpec(String nodeName, boolean hostNetwork, List<Container> containers,
        List<Container> initContainers, String hostname, String subdomain, String dnsPolicy,
        @Nullable PodDnsConfig dnsConfig, long terminationGracePeriodSeconds, String restartPolicy,
        Map<String, String> nodeSelector, List<Toleration> tolerations,
        List<String> readinessGates, Affinity affinity, List<TopologySpread> topologySpread) {

    private static final long DEFAULT_GRACE_SECONDS = 30;

    /** {@code spec.dnsConfig}; an option without value has null there. */
    public record PodDnsConfig(List<String> nameservers, List<String> searches,
            List<DnsOption> options) {}

    /** One option of resolv.conf, such as {@code ndots} 5. */
    public record DnsOption(String name, @Nullable String value) {}

    /**
     * Lets the pod onto nodes with a taint; an empty key tolerates every taint.
     *
     * @param seconds how long it may stay on such a node; null means for good
     */
    public record Toleration(String key, String operator, String value, String effect,
            @Nullable Long seconds) {

        /** Whether the taint is one that it lets the pod live with. */
        public boolean tolerates(Node.Taint taint) {
            boolean sameEffect = effect.isEmpty() || effect.equals(taint.effect());
            boolean sameKey = key.isEmpty() || key.equals(taint.key());
            boolean sameValue = operator.equals("Exists") || value.equals(taint.value());
            return sameEffect && sameKey && sameValue;
        }
    }

    static PodSpec read(ObjectReader spec) {
        boolean hostNetwork = spec.flag("hostNetwork");
        return new PodSpec(spec.text("nodeName"), hostNetwork,
                spec.list("containers", c -> Container.read(c, hostNetwork)),
                spec.list("initContainers", c -> Container.read(c, hostNetwork)),
                spec.text("hostname"), spec.text("subdomain"),
                orElse(spec.text("dnsPolicy"), "ClusterFirst"),
                spec.objectOrNull("dnsConfig", PodSpec::readDns),
                spec.number("terminationGracePeriodSeconds", DEFAULT_GRACE_SECONDS),
                orElse(spec.text("restartPolicy"), "Always"), spec.map("nodeSelector"),
                spec.list("tolerations",
                        t -> new Toleration(t.text("key"), t.text("operator"), t.text("value"),
                                t.text("effect"),
                                t.has("tolerationSeconds") ? t.number("tolerationSeconds", 0)
                                        : null)),
                spec.list("readinessGates", gate -> gate.text("conditionType")),
                Affinity.read(spec.object("affinity")),
                spec.list("topologySpreadConstraints", TopologySpread::read));
    }

    private static PodDnsConfig readDns(ObjectReader dns) {
        return new PodDnsConfig(dns.texts("nameservers"), dns.texts("searches"),
                dns.list("options", o -> new DnsOption(o.text("name"), o.textOrNull("value"))));
    }

    private static String orElse(String text, String absent) {
        return text.isEmpty() ? absent : text;
    }

    /** Whether the scheduler may place the pod on the node: selector, taints and cordon. */
    public boolean fits(Node node) {
        return toleratesAndSelects(node)
                && (!node.unschedulable() || tolerates(Node.Taint.UNSCHEDULABLE));
    }

    private boolean tolerates(Node.Taint taint) {
        return tolerations.stream().anyMatch(t -> t.tolerates(taint));
    }

    /** Whether the node's taints let the pod in, and the pod takes the node. */
    public boolean toleratesAndSelects(Node node) {
        return selects(node) && node.taints().stream()
                .filter(taint -> !taint.effect().equals("PreferNoSchedule"))
                .allMatch(this::tolerates);
    }

    /** Whether the pod's selector and affinity take the node, whatever the node says. */
    public boolean selects(Node node) {
        return affinity.takes(node) && nodeSelector.entrySet().stream()
                .allMatch(e -> e.getValue().equals(node.metadata().label(e.getKey())));
    }
}
