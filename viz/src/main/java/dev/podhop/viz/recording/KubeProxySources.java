package dev.podhop.viz.recording;

import dev.podhop.k8s.ObjectKey;
import dev.podhop.scenario.Names;
import dev.podhop.trace.Step;
import dev.podhop.viz.recording.Fields.Finder;
import dev.podhop.viz.recording.Sources.Line;
import dev.podhop.viz.recording.Sources.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands behind kube-proxy's rules, and behind a load balancer's choice. */
final class KubeProxySources {

    private static final String SPEC = "spec";
    private static final String EXTERNAL_POLICY = "externalTrafficPolicy";
    private static final String SOURCE_RANGES = "loadBalancerSourceRanges";

    private final Written written;
    private final Owners owners;

    KubeProxySources(Written written, Owners owners) {
        this.written = written;
        this.owners = owners;
    }

    List<Optional<Line>> of(Question asked) {
        return switch (asked.code()) {
            case "kubeproxy.service.clusterip" -> List.of(own(asked, "clusterIP"),
                    port(asked, asked.service(), "destination"));
            case "kubeproxy.service.externalip" -> List.of(
                    found(asked, asked.service(), "externalIPs",
                            Fields.item(Fields.text(asked.address("destination")), SPEC,
                                    "externalIPs")),
                    port(asked, asked.service(), "destination"));
            case "kubeproxy.service.loadbalancer" -> List.of(
                    ingress(asked, asked.service(), asked.address("destination"), "ipMode"),
                    port(asked, asked.service(), "destination"));
            case "kubeproxy.service.nodeport" -> List.of(nodePort(asked));
            case "kubeproxy.source-range.allowed", "kubeproxy.source-range.vip",
                    "kubeproxy.source-range.none", "kubeproxy.source-range.asked",
                    "kubeproxy.drop.source-range" -> List
                            .of(own(asked, SOURCE_RANGES));
            case "kubeproxy.external.cluster", "kubeproxy.external.local",
                    "kubeproxy.external.node" -> List.of(own(asked, EXTERNAL_POLICY));
            case "kubeproxy.external.pod" -> List.of(own(asked, EXTERNAL_POLICY), local());
            case "kubeproxy.mark.masq.all" -> List.of(written.kubeProxy("masqueradeAll",
                    Fields.any(Fields.key("iptables", "masqueradeAll"),
                            Fields.key("nftables", "masqueradeAll"))));
            case "kubeproxy.mark.masq.off-cluster" -> List.of(local());
            case "kubeproxy.mark.masq.external" -> List.of(own(asked, EXTERNAL_POLICY));
            case "kubeproxy.mark.masq.hairpin", "kubeproxy.endpoint.chosen",
                    "kubeproxy.dnat" -> List.of(endpoint(asked));
            case "kubeproxy.endpoint.affinity",
                    "kubeproxy.endpoint.chosen.first" -> List.of(own(asked, "sessionAffinity"),
                            endpoint(asked));
            case "kubeproxy.drop.local-policy" -> List.of(
                    own(asked, asked.argument("policy") + "TrafficPolicy"));
            case "kubeproxy.reject.no-endpoints" -> List.of(own(asked, "selector"));
            case "kubeproxy.accept.health-check" -> List.of(own(asked, "healthCheckNodePort"));
            default -> List.of();
        };
    }

    /** A field of the Service's spec; where it is left open, the spec. */
    private Optional<Line> own(Question asked, String field) {
        return written.field(asked.service(), asked.atNanos(), field, true,
                Fields.key(SPEC, field));
    }

    private Optional<Line> found(Question asked, ObjectKey service, String about,
            Finder finder) {
        return written.field(service, asked.atNanos(), about, false, finder);
    }

    private Optional<Line> port(Question asked, ObjectKey service, String argument) {
        String port = asked.port(argument);
        return found(asked, service, service + " port " + port,
                Fields.item(Fields.with("port", port), SPEC, "ports"));
    }

    /** One that the API server allocated is nobody's line, but its port has one. */
    private Optional<Line> nodePort(Question asked) {
        String port = asked.argument("port");
        return written.field(asked.service(), asked.atNanos(), "nodePort " + port, false,
                Fields.any(
                        Fields.keyOfItem("nodePort", Fields.with("nodePort", port), SPEC,
                                "ports"),
                        Fields.key(SPEC, "ports")));
    }

    private Optional<Line> ingress(Question asked, ObjectKey service, String address,
            String key) {
        return found(asked, service, key, Fields.keyOfItem(key, Fields.with("ip", address),
                "status", "loadBalancer", "ingress"));
    }

    /** What counts as a pod of the cluster. */
    private Optional<Line> local() {
        return written.kubeProxy("detectLocalMode", Fields.key("detectLocalMode"))
                .or(() -> written.kubeProxy("clusterCIDR", Fields.key("clusterCIDR")))
                .or(() -> written.spec("clusterCIDR", "network", "clusterCIDR"));
    }

    private Optional<Line> endpoint(Question asked) {
        return owners.of(asked.address("endpoint"), asked.atNanos())
                .or(() -> asked.argument("service").isEmpty() ? Optional.empty()
                        : own(asked, "selector"));
    }

    List<Optional<Line>> ofBalancer(Question asked) {
        return switch (asked.code()) {
            case "lb.chosen", "lb.chosen.all-unhealthy" -> choice(asked);
            case "lb.no-listener", "lb.no-healthy-backend",
                    "lb.nobody-announces" -> listener(asked);
            case "lb.only-itself" -> {
                List<Optional<Line>> lines = new ArrayList<>(listener(asked));
                lines.add(setting(owners.balancedAt(asked.address("what")), "loopAvoidance"));
                yield lines;
            }
            case "lb.source-rewritten" -> List.of(setting(Optional.empty(), "clientIP"));
            default -> List.of();
        };
    }

    private List<Optional<Line>> listener(Question asked) {
        return owners.balancedAt(asked.address("what"))
                .map(service -> List.of(port(asked, service, "what"),
                        ingress(asked, service, asked.address("what"), "ip")))
                .orElse(List.of());
    }

    private List<Optional<Line>> choice(Question asked) {
        Optional<ObjectKey> service = owners.balancedAt(asked.address("vip"));
        List<Optional<Line>> lines = new ArrayList<>();
        service.ifPresent(key -> lines.add(port(asked, key, "vip")));
        lines.add(owners.of(asked.address("endpoint"), asked.atNanos()));
        lines.add(setting(service, "backends"));
        boolean excludes = asked.step() instanceof Step.BackendChoice choice
                && !choice.excluded().isEmpty();
        if (excludes) {
            lines.add(setting(service, "loopAvoidance"));
        }
        return lines;
    }

    /** The Service's own setting, or that for all load balancers. */
    private Optional<Line> setting(Optional<ObjectKey> service, String key) {
        return service.flatMap(of -> written.spec(key, "loadBalancer", "services",
                Names.qualified(of.namespace(), of.name()), key))
                .or(() -> written.spec(key, "loadBalancer", key));
    }
}
