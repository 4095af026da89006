package dev.podhop.k8s;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's dump shows what its kube-proxy was told: in a ConfigMap (kubeadm, kind, EKS), or
 * in the flags of its pods (GKE, AKS, kops), which count only without {@code --config}.
 */
public final class DumpedKubeProxy {

    private static final String KIND = "KubeProxyConfiguration";
    private static final String VERSION = "kubeproxy.config.k8s.io/v1alpha1";
    private static final String NAME = "kube-proxy";

    /** Keys by the ConfigMap's name: kubeadm's and EKS's. */
    private static final Map<String, String> KEYS =
            Map.of(NAME, "config.conf", "kube-proxy-config", "config");

    /** {@code --flag=value} and {@code --flag value}, alone or in the text of a shell's command. */
    private static final Pattern FLAG = Pattern.compile("--([a-z0-9-]+)(?:[= ]([^\\s-]\\S*))?");

    private DumpedKubeProxy() {}

    /**
     * The configuration, a KubeProxyConfiguration's document.
     *
     * @param documents all objects of the dump, lists opened
     */
    public static Optional<Mapping> find(List<Mapping> documents, Problems problems) {
        return documents.stream().flatMap(map -> ofConfigMap(map, problems).stream()).findFirst()
                .or(() -> documents.stream().flatMap(pod -> ofPod(pod).stream()).findFirst());
    }

    private static Optional<Mapping> ofConfigMap(Mapping map, Problems problems) {
        String key = KEYS.get(text(map, "metadata", "name"));
        String configuration = key == null ? "" : text(map, "data", key);
        if (key == null || configuration.isEmpty()) {
            return Optional.empty();
        }
        Location where = Trees.locate(map, FieldPath.of("data").child(key));
        // The text's own lines are counted from the line it begins in.
        String name = where.file() + ":" + where.line() + " (" + key + ")";
        return YamlReader.read(name, configuration, problems).stream()
                .filter(document -> KIND.equals(document.text("kind"))).findFirst();
    }

    private static Optional<Mapping> ofPod(Mapping pod) {
        if (!text(pod, "metadata", "name").startsWith(NAME)
                || !text(pod, "metadata", "namespace").equals("kube-system")) {
            return Optional.empty();
        }
        Map<String, String> flags = new LinkedHashMap<>();
        for (String words : commandLines(pod)) {
            Matcher matcher = FLAG.matcher(words);
            while (matcher.find()) {
                String value = matcher.group(2) == null ? "true" : matcher.group(2);
                flags.put(matcher.group(1), value.replaceAll("[\"']", ""));
            }
        }
        // $(NAME) is a variable that only the container has.
        flags.values().removeIf(value -> value.contains("$"));
        return flags.isEmpty() || flags.containsKey("config") ? Optional.empty()
                : Optional.of(ofFlags(pod.location(), flags));
    }

    /** A container's command and arguments, each container's in a line. */
    private static List<String> commandLines(Mapping pod) {
        List<String> lines = new ArrayList<>();
        if (pod.get("spec") instanceof Mapping spec
                && spec.get("containers") instanceof Sequence containers) {
            for (YamlNode item : containers.items()) {
                StringBuilder line = new StringBuilder();
                for (String key : List.of("command", "args")) {
                    if (item instanceof Mapping container
                            && container.get(key) instanceof Sequence words) {
                        words.items().stream().filter(Scalar.class::isInstance)
                                .forEach(w -> line.append(((Scalar) w).text()).append(' '));
                    }
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    /** {@code cmd/kube-proxy/app/options.go}: which flag sets which field. */
    private static Mapping ofFlags(Location where, Map<String, String> flags) {
        Mapping local = new TreeBuilder(where)
                .text("bridgeInterface", flags.get("pod-bridge-interface"))
                .text("interfaceNamePrefix", flags.get("pod-interface-name-prefix")).build();
        Mapping iptables = new TreeBuilder(where)
                .flag("masqueradeAll", flag(flags, "masquerade-all"))
                .flag("localhostNodePorts", flag(flags, "iptables-localhost-nodeports"))
                .text("syncPeriod", flags.get("iptables-sync-period"))
                .text("minSyncPeriod", flags.get("iptables-min-sync-period")).build();
        Mapping conntrack = new TreeBuilder(where)
                .flag("tcpBeLiberal", flag(flags, "conntrack-tcp-be-liberal"))
                .text("tcpEstablishedTimeout", flags.get("conntrack-tcp-timeout-established"))
                .text("tcpCloseWaitTimeout", flags.get("conntrack-tcp-timeout-close-wait")).build();
        String addresses = flags.getOrDefault("nodeport-addresses", "");
        return new TreeBuilder(where).text("apiVersion", VERSION).text("kind", KIND)
                .text("mode", flags.get("proxy-mode"))
                .text("clusterCIDR", flags.get("cluster-cidr"))
                .text("detectLocalMode", flags.get("detect-local-mode"))
                .object("detectLocal", local).object("iptables", iptables)
                .object("conntrack", conntrack).object("featureGates", gates(where, flags))
                .texts("nodePortAddresses",
                        addresses.isEmpty() ? List.of() : Arrays.asList(addresses.split(",")))
                .build();
    }

    /** {@code --feature-gates=A=true,B=false}. */
    private static Mapping gates(Location where, Map<String, String> flags) {
        TreeBuilder gates = new TreeBuilder(where);
        for (String gate : flags.getOrDefault("feature-gates", "").split(",")) {
            int equals = gate.indexOf('=');
            if (equals > 0) {
                gates.flag(gate.substring(0, equals).strip(),
                        Boolean.valueOf(gate.substring(equals + 1).strip()));
            }
        }
        return gates.build();
    }

    private static @Nullable Boolean flag(Map<String, String> flags,
            String name) {
        String value = flags.get(name);
        return value == null ? null : Boolean.valueOf(value);
    }

    private static String text(Mapping document, String section, String key) {
        String text = document.get(section) instanceof Mapping part ? part.text(key) : null;
        return text == null ? "" : text;
    }
}
