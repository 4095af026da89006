package dev.podhop.viz.recording;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.StateChange.Kind;
import dev.podhop.viz.recording.Sources.Line;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whose an address is at a time, and the line that made it so. */
final class Owners {

    private static final String POD = "pod/";

    private final LoadedScenario scenario;
    private final Written written;
    /** Pods as they come, get their addresses, and go. */
    private final List<StateChange> pods;

    Owners(LoadedScenario scenario, Written written, List<StateChange> changes) {
        this.scenario = scenario;
        this.written = written;
        this.pods = changes.stream().filter(each -> each.kind() == Kind.POD).toList();
    }

    /** The line that gives an address to a node, a pod, a workload's pods, or an endpoint. */
    Optional<Line> of(String address, long atNanos) {
        return node(address, atNanos).or(() -> podAt(address, atNanos)
                .flatMap(pod -> pod(pod, address, atNanos)))
                .or(() -> slice(address, atNanos));
    }

    private Optional<Line> node(String address, long atNanos) {
        return scenario.objects(Node.class)
                .filter(node -> node.addresses().stream()
                        .anyMatch(each -> each.address().equals(address)))
                .findFirst().flatMap(node -> written.field(node.key(), atNanos,
                        node.key().toString(), false, Fields.item(
                                Fields.with("address", address), "status", "addresses")));
    }

    /** The name of the pod that has an address at a time, or had it last. */
    Optional<ObjectKey> podAt(String address, long atNanos) {
        for (StateChange change : pods.reversed()) {
            if (change.timeNanos() <= atNanos
                    && address.equals(change.value().get("address"))) {
                return Optional.of(key(change.key()));
            }
        }
        return Optional.empty();
    }

    /** {@code pod/web-1}, {@code pod/other/web-1}. */
    private static ObjectKey key(String label) {
        String name = label.startsWith(POD) ? label.substring(POD.length()) : label;
        int slash = name.indexOf('/');
        return new ObjectKey(ApiKind.POD,
                slash < 0 ? ObjectMeta.DEFAULT_NAMESPACE : name.substring(0, slash),
                name.substring(slash + 1));
    }

    private Optional<Line> pod(ObjectKey pod, String address, long atNanos) {
        return written.field(pod, atNanos, pod.toString(), true, Fields.any(
                Fields.key("status", "podIP"),
                Fields.item(Fields.with("ip", address), "status", "podIPs")))
                .or(() -> workloadOf(pod).flatMap(owner -> written.field(owner, atNanos,
                        owner.toString(), false, Fields.key("metadata", "name"))));
    }

    /** Its controllers put a hyphen and more behind a workload's name. */
    private Optional<ObjectKey> workloadOf(ObjectKey pod) {
        return scenario.objects(Workload.class).map(Workload::key)
                .filter(each -> each.namespace().equals(pod.namespace()))
                .filter(each -> pod.name().startsWith(each.name() + "-"))
                .max((a, b) -> Integer.compare(a.name().length(), b.name().length()));
    }

    private Optional<Line> slice(String address, long atNanos) {
        Predicate<YamlNode> has = endpoint -> endpoint instanceof YamlNode.Mapping mapping
                && mapping.get("addresses") instanceof YamlNode.Sequence addresses
                && addresses.items().stream().anyMatch(Fields.text(address));
        return scenario.objects(EndpointSlice.class).map(slice -> written.field(slice.key(),
                atNanos, slice.key().toString(), false, Fields.item(has, "endpoints")))
                .flatMap(Optional::stream).findFirst();
    }

    /** The node whose pods' range a prefix is. */
    Optional<Line> podRange(String prefix, long atNanos) {
        return scenario.objects(Node.class).filter(node -> node.podCIDRs().contains(prefix))
                .findFirst().flatMap(node -> written.field(node.key(), atNanos,
                        "podCIDR of " + node.metadata().name(), false,
                        Fields.any(Fields.key("spec", "podCIDR"),
                                Fields.item(Fields.text(prefix), "spec", "podCIDRs"))));
    }

    /** The range of the pods of a node, where the pods' own routes lead. */
    Optional<Line> podRangeOf(String node, long atNanos) {
        return written.field(new ObjectKey(ApiKind.NODE, "", node), atNanos,
                "podCIDR of " + node, false,
                Fields.any(Fields.key("spec", "podCIDR"), Fields.key("spec", "podCIDRs")));
    }

    /** The Service whose load balancer has an address. */
    Optional<ObjectKey> balancedAt(String address) {
        return scenario.objects(Service.class)
                .filter(service -> service.ingress().stream()
                        .anyMatch(each -> address.equals(each.ip())))
                .map(Service::key).findFirst();
    }
}
