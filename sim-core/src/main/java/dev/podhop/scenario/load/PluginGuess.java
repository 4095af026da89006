package dev.podhop.scenario.load;

import dev.podhop.cni.PortMapOptions;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ConfigMap;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.NetworkSpec.Fabric;
import dev.podhop.scenario.PortMapSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which network plugin a dumped cluster has, from its agents and from what they leave at nodes. */
final class PluginGuess {

    private static final String KIND_NODE = "kind://";

    /**
     * A plugin as it is usually set up.
     *
     * @param label values of its agents' {@code k8s-app} or {@code app}
     * @param annotation how annotations begin that it leaves at nodes; empty for none
     * @param provider how the nodes' providerID begins where it is the usual one; empty for none
     * @param routed whether each pod hangs on a veth of its own, else on a bridge
     * @param masquerades whether pods' traffic to outside takes the node's address
     * @param tunnels whether packets between nodes usually pass a tunnel
     */
    private record Plugin(String name, Set<String> label, String annotation, String provider,
            boolean routed, boolean masquerades, boolean tunnels) {}

    /** The first that is found counts: Calico also enforces policies beside other plugins. */
    private static final List<Plugin> PLUGINS = List.of(
            new Plugin("the AWS VPC CNI", Set.of("aws-node"), "", "", true, false, false),
            new Plugin("Cilium", Set.of("cilium"), "network.cilium.io/", "", true, true,
                    true),
            new Plugin("kindnet", Set.of("kindnet"), "", KIND_NODE, true, true, false),
            new Plugin("Canal", Set.of("canal"), "", "", true, true, true),
            new Plugin("Flannel", Set.of("flannel"), "flannel.alpha.coreos.com/", "", false, true,
                    true),
            new Plugin("Calico", Set.of("calico-node"), "projectcalico.org/", "", true, true,
                    true));

    /** The plugin's name as a conflist has it. */
    private static final String PORTMAP = "\"portmap\"";

    private final List<ApiObject> objects;
    private final @Nullable Plugin plugin;
    private final String sign;
    private final Optional<String> routed;

    PluginGuess(List<ApiObject> objects) {
        this.objects = objects;
        Plugin found = null;
        String why = "";
        for (Plugin candidate : PLUGINS) {
            Optional<String> seen = sign(candidate);
            if (found == null && seen.isPresent()) {
                found = candidate;
                why = seen.get();
            }
        }
        this.plugin = found;
        this.sign = why;
        this.routed = findRouted();
    }

    private Optional<String> sign(Plugin candidate) {
        Optional<String> agent = pods().filter(pod -> Stream.of("k8s-app", "app")
                .anyMatch(key -> candidate.label.contains(
                        pod.metadata().labels().getOrDefault(key, ""))))
                .map(pod -> pod.key().toString()).findFirst();
        return agent.or(() -> nodes().filter(node -> !candidate.annotation.isEmpty()
                && node.metadata().annotations().keySet().stream()
                        .anyMatch(key -> key.startsWith(candidate.annotation)))
                .map(node -> "the annotations of " + node.key()).findFirst())
                .or(() -> nodes().filter(node -> !candidate.provider.isEmpty()
                        && node.providerID().startsWith(candidate.provider))
                        .map(node -> node.key() + " is one of kind").findFirst());
    }

    /** Whether pods hang on veths with routes, with the reason; empty where nothing says it. */
    Optional<String> routed() {
        return routed;
    }

    private Optional<String> findRouted() {
        if (plugin != null) {
            return plugin.routed ? Optional.of(why()) : Optional.empty();
        }
        Map<String, List<Cidr>> ranges = new HashMap<>();
        nodes().forEach(node -> ranges.put(node.metadata().name(), ranges(node)));
        // A bridge holds the gateway of a podCIDR: an address from elsewhere cannot hang on it.
        return pods().filter(pod -> !pod.spec().hostNetwork() && !pod.isFinished())
                .filter(pod -> isOutside(ranges.getOrDefault(pod.spec().nodeName(), List.of()),
                        pod))
                .findFirst().map(pod -> pod.key() + " has an address outside its node's podCIDR");
    }

    /** Why pods are taken to hang as they do. */
    String whyAttachment() {
        return routed().orElse(plugin == null ? "the usual one" : why());
    }

    private String why() {
        return plugin == null ? "" : "as " + plugin.name + " does: " + sign;
    }

    private static boolean isOutside(List<Cidr> ranges, Pod pod) {
        return !ranges.isEmpty() && pod.status().podIPs().stream()
                .flatMap(text -> IpAddress.parse(text).stream())
                .anyMatch(ip -> ranges.stream().noneMatch(range -> range.contains(ip)));
    }

    /** What can be read of a node's podCIDRs; the rest has its own message. */
    private static List<Cidr> ranges(Node node) {
        return node.podCIDRs().stream().flatMap(text -> Cidr.parse(text).stream()).toList();
    }

    /** Calico's IPAM leaves a blackhole route for what a node may hand out. */
    boolean blackholes() {
        return plugin != null && plugin.name.equals("Calico");
    }

    boolean masquerades() {
        return plugin != null && plugin.masquerades;
    }

    String whyMasquerade() {
        return masquerades() ? why() : "pods' addresses are routed";
    }

    /** Whether the objects show anything of how their network is made. */
    boolean isSeen() {
        return plugin != null || routed().isPresent() || fabric().isPresent();
    }

    /** What is not modelled of the way between nodes; empty where nothing is amiss. */
    Optional<String> tunnel() {
        return plugin != null && plugin.tunnels
                ? Optional.of(plugin.name + "'s tunnels, if it has any, are not modelled: " + sign)
                : Optional.empty();
    }

    /**
     * How the portmap plugin is set up, where a conflist in a ConfigMap says otherwise than its
     * defaults. Its text is a template, and need not be JSON: {@code "mtu": __CNI_MTU__}.
     */
    Optional<PortMapSpec> portMap() {
        return conflist().map(PluginGuess::portMap)
                .filter(spec -> !spec.options().equals(PortMapOptions.DEFAULT));
    }

    private static PortMapSpec portMap(String conflist) {
        String own = part(conflist, conflist.indexOf(PORTMAP));
        return new PortMapSpec(!says(own, "snat", false), says(own, "masqAll", true), false);
    }

    /** The braces around a place, with what stands in them. */
    private static String part(String text, int at) {
        int begin = at;
        for (int depth = 0; begin > 0 && !(depth == 0 && text.charAt(begin) == '{'); begin--) {
            depth += text.charAt(begin) == '}' ? 1 : text.charAt(begin) == '{' ? -1 : 0;
        }
        int end = at;
        for (int depth = 0; end < text.length() && !(depth == 0 && text.charAt(end) == '}');
                end++) {
            depth += text.charAt(end) == '{' ? 1 : text.charAt(end) == '}' ? -1 : 0;
        }
        return text.substring(begin, end);
    }

    private static boolean says(String text, String key, boolean value) {
        return Pattern.compile("\"" + key + "\"\\s*:\\s*" + value).matcher(text).find();
    }

    private Optional<String> conflist() {
        return configMaps().flatMap(map -> map.data().values().stream())
                .filter(text -> text.contains(PORTMAP)).findFirst();
    }

    /** Where that stands. */
    String whyPortMap() {
        return configMaps().filter(map -> map.data().values().stream()
                .anyMatch(text -> text.contains(PORTMAP)))
                .map(map -> "the conflist in " + map.key()).findFirst().orElse("");
    }

    private Stream<ConfigMap> configMaps() {
        return objects.stream().filter(ConfigMap.class::isInstance).map(ConfigMap.class::cast);
    }

    /** kind's nodes are containers on one bridge. */
    Optional<Fabric> fabric() {
        return nodes().anyMatch(node -> node.providerID().startsWith(KIND_NODE))
                ? Optional.of(Fabric.L2)
                : Optional.empty();
    }

    /** What says that eBPF programs do kube-proxy's work; empty where nothing does. */
    Optional<String> replacesKubeProxy() {
        boolean runs = pods().anyMatch(pod -> pod.metadata().name().startsWith("kube-proxy"));
        if (runs) {
            return Optional.empty();
        }
        return configMaps()
                .filter(map -> map.metadata().name().equals("cilium-config")
                        && Set.of("true", "strict").contains(
                                map.data().getOrDefault("kube-proxy-replacement", "")))
                .map(map -> map.key() + " has kube-proxy-replacement")
                .findFirst()
                // GKE's Dataplane V2 has Cilium's agent under another name.
                .or(() -> pods().filter(pod -> pod.metadata().name().startsWith("anetd-"))
                        .map(pod -> pod.key() + " is an agent of Dataplane V2").findFirst());
    }

    private Stream<Pod> pods() {
        return objects.stream().filter(Pod.class::isInstance).map(Pod.class::cast);
    }

    private Stream<Node> nodes() {
        return objects.stream().filter(Node.class::isInstance).map(Node.class::cast);
    }
}
