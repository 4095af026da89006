package dev.podhop.scenario.evidence;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.Workload;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.evidence.Way.End;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.StateChange.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose an address is at a time, and the field that made it so. */
final class Holders {

    private static final String POD = "pod/";

    private final LoadedScenario scenario;
    private final Written written;
    /** Pods as they come, get their addresses, and go. */
    private final List<StateChange> pods;

    /** A field of an object, with its place. */
    record Held(ObjectKey object, String field, End end) {}

    Holders(LoadedScenario scenario, Written written, List<StateChange> changes) {
        this.scenario = scenario;
        this.written = written;
        this.pods = changes.stream().filter(each -> each.kind() == Kind.POD).toList();
    }

    /** Who gives an address to a node, a pod, a workload's pods, an endpoint, or a Service. */
    Optional<Held> of(String address, long atNanos) {
        return node(address, atNanos)
                .or(() -> podAt(address, atNanos).flatMap(pod -> pod(pod, address, atNanos)))
                .or(() -> first(Pod.class, atNanos, "status.podIP[=" + address + "]",
                        "status.podIPs[ip=" + address + "]"))
                .or(() -> first(EndpointSlice.class, atNanos,
                        "endpoints[addresses=" + address + "]"))
                .or(() -> first(Service.class, atNanos, "spec.externalIPs[=" + address + "]",
                        "status.loadBalancer.ingress[ip=" + address + "]"))
                .or(() -> scenario.objects(Service.class)
                        .filter(service -> address.equals(service.spec().clusterIP()))
                        .findFirst().flatMap(
                                service -> held(service.key(), atNanos, "spec.clusterIP")));
    }

    private Optional<Held> node(String address, long atNanos) {
        return first(Node.class, atNanos, "status.addresses[address=" + address + "]");
    }

    /** The first object of a kind in which one of these is written. */
    private <T extends dev.podhop.k8s.ApiObject> Optional<Held> first(Class<T> kind, long atNanos,
            String... fields) {
        return scenario.objects(kind).flatMap(object -> Stream.of(fields)
                .flatMap(field -> held(object.key(), atNanos, field).stream()))
                .filter(held -> held.end().whole()).findFirst();
    }

    private Optional<Held> held(ObjectKey object, long atNanos, String field) {
        return written.field(object, atNanos, Way.of(field))
                .map(end -> new Held(object, field, end));
    }

    /** The name of the pod that has an address at a time, or had it last. */
    Optional<ObjectKey> podAt(String address, long atNanos) {
        return pods.reversed().stream().filter(change -> change.timeNanos() <= atNanos
                && address.equals(change.value().get("address")))
                .map(change -> pod(change.key())).findFirst();
    }

    /** {@code pod/web-1}, {@code pod/other/web-1}; or either without {@code pod/}. */
    static ObjectKey pod(String label) {
        String name = label.startsWith(POD) ? label.substring(POD.length()) : label;
        int slash = name.indexOf('/');
        return new ObjectKey(ApiKind.POD,
                slash < 0 ? ObjectMeta.DEFAULT_NAMESPACE : name.substring(0, slash),
                name.substring(slash + 1));
    }

    /** Where its address is written; of a workload's pod the workload. */
    private Optional<Held> pod(ObjectKey pod, String address, long atNanos) {
        return held(pod, atNanos, "status.podIP").filter(held -> held.end().whole())
                .or(() -> held(pod, atNanos, "status.podIPs[ip=" + address + "]")
                        .filter(held -> held.end().whole()))
                .or(() -> held(pod, atNanos, "metadata.name"))
                .or(() -> workloadOf(pod)
                        .flatMap(owner -> held(owner, atNanos, "metadata.name")));
    }

    /** Its controllers put a hyphen and more behind a workload's name. */
    Optional<ObjectKey> workloadOf(ObjectKey pod) {
        return scenario.objects(Workload.class).map(Workload::key)
                .filter(each -> each.namespace().equals(pod.namespace()))
                .filter(each -> pod.name().startsWith(each.name() + "-"))
                .max(Comparator.comparingInt(each -> each.name().length()));
    }

    /** The node whose pods' range a prefix is. */
    Optional<Held> podRange(String prefix, long atNanos) {
        return scenario.objects(Node.class).filter(node -> node.podCIDRs().contains(prefix))
                .findFirst().flatMap(node -> podRangeOf(node.metadata().name(), atNanos));
    }

    /** The range of the pods of a node, where the pods' own routes lead. */
    Optional<Held> podRangeOf(String node, long atNanos) {
        ObjectKey key = new ObjectKey(ApiKind.NODE, "", node);
        return held(key, atNanos, "spec.podCIDR").filter(held -> held.end().whole())
                .or(() -> held(key, atNanos, "spec.podCIDRs"))
                .filter(held -> held.end().whole());
    }
}
