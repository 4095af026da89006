package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.net.IpAddress;
import java.util.List;
import java.util.function.UnaryOperator;

/** {@code v1} Pod. */
public record Pod(ObjectMeta metadata, PodSpec spec, PodStatus status, SourceTree tree)
        implements ApiObject {

    static Pod read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        return new Pod(ObjectMeta.read(object, ApiKind.POD), PodSpec.read(object.object("spec")),
                PodStatus.read(object.object("status")), SourceTree.of(source));
    }

    /** This pod with another tree; of what does not change there is still only one copy. */
    public Pod with(UnaryOperator<Mapping> change) {
        Mapping before = source();
        Mapping after = change.apply(before);
        ObjectReader object = new ObjectReader(after);
        return new Pod(
                before.get("metadata") == after.get("metadata") ? metadata
                        : ObjectMeta.read(object, ApiKind.POD),
                before.get("spec") == after.get("spec") ? spec
                        : PodSpec.read(object.object("spec")),
                before.get("status") == after.get("status") ? status
                        : PodStatus.read(object.object("status")),
                SourceTree.of(after));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.POD;
    }

    /** Whether the condition Ready is True. */
    public boolean isReady() {
        return Condition.isTrue(status.conditions(), "Ready");
    }

    /** Whether its deletion has begun. */
    public boolean isTerminating() {
        return metadata.isTerminating();
    }

    /**
     * Whether it ran to its end (phase Succeeded or Failed); such a pod has no network any more.
     */
    public boolean isFinished() {
        return status.phase().equals("Succeeded") || status.phase().equals("Failed");
    }

    /** Its addresses, the primary one first; a hostNetwork pod's are its node's. */
    public List<IpAddress> addresses() {
        return status.podIPs().stream().map(Addresses::of).toList();
    }
}
