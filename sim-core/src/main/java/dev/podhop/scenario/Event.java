package dev.podhop.scenario;

import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.source.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Something that happens at a time; a record per verb, the verb being its name in lower case. */
public sealed interface Event permits Send, Event.Stop, Event.Apply, Event.Patch, Event.Delete,
        Event.Scale, Event.Rollout, Event.Restart, Event.Kill, Event.Drain, Event.Fail,
        Event.Recover, Event.Sysctl, Event.Impair {

    /** The verb as it stands in a file. */
    default String verb() {
        return verbOf(getClass());
    }

    /** What it happens to, as a file names it: {@code pod/web-1}, {@code link/node/n1}. */
    default String about() {
        return switch (this) {
            case Send send -> send.from() + " > " + send.to();
            case Stop stop -> stop.pod().toString();
            case Apply apply -> apply.manifests().stream()
                    .map(each -> each.text("kind")
                            + (each.get("metadata") instanceof YamlNode.Mapping meta
                                    ? " " + meta.text("name")
                                    : ""))
                    .collect(Collectors.joining(", "));
            case Patch patch -> patch.target().toString();
            case Delete delete -> delete.target().toString();
            case Scale scale -> scale.target().toString();
            case Rollout rollout -> rollout.target().toString();
            case Restart restart -> restart.pod().toString();
            case Kill kill -> kill.pod().toString();
            case Drain drain -> drain.node().toString();
            case Fail fail -> fail.target().toString();
            case Recover recover -> recover.target().toString();
            case Sysctl sysctl -> sysctl.target() == null ? "" : sysctl.target().toString();
            case Impair impair -> impair.target().toString();
        };
    }

    /** The verb of a kind of event. */
    static String verbOf(Class<?> kind) {
        return kind.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** A pod's process exits: its ports refuse; the pod and its endpoint stay. */
    @Meaning("A pod's process exits: its ports refuse; the pod and its endpoint stay.")
    @Inline
    record Stop(@Key(value = "The pod.", required = true) ObjectKey pod) implements Event {}

    /** Objects are created, or changed to what is written, as {@code kubectl apply} does it. */
    @Meaning("Objects are created, or changed to what is written.")
    @Inline
    record Apply(
            @Key(value = "One manifest or a list of them; a text is a file, relative to this one.",
                    required = true)
            List<YamlNode.Mapping> manifests)
            implements Event {
        public Apply {
            manifests = List.copyOf(manifests);
        }
    }

    /** A JSON merge patch (RFC 7386) of one object, or of a load balancer at the cloud. */
    @Meaning("One object, or a load balancer at the cloud, is changed by a JSON merge patch.")
    record Patch(
            @Key(value = "The object; or `loadbalancer/NAME`, by its Service or its id, as somebody"
                    + " changes it at the cloud's console, past the controller: its `tags`, and"
                    + " its `listeners` by protocol and port, each with a `name` and `backends`.",
                    required = true)
            PatchTarget target,
            @Key(value = "The fields to change; null deletes one.",
                    required = true)
            YamlNode.Mapping with)
            implements Event {}

    /** An object is deleted, gracefully where it is a pod. */
    @Meaning("An object is deleted, gracefully where it is a pod.")
    @Inline
    record Delete(@Key(value = "The object.", required = true) ObjectKey target)
            implements Event {}

    /** A workload gets another number of replicas. */
    @Meaning("A workload gets another number of replicas.")
    record Scale(
            @Key(value = "A deployment, replicaset or statefulset.",
                    required = true)
            ObjectKey target,
            @Key(value = "How many pods it is to have.", required = true,
                    max = 100_000)
            int replicas)
            implements Event {}

    /** A workload's pods are replaced, as {@code kubectl rollout restart} does it. */
    @Meaning("A workload's pods are replaced.")
    @Inline
    record Rollout(@Key(value = "A deployment, statefulset or daemonset.",
            required = true) ObjectKey target) implements Event {}

    /** A pod's container restarts: same pod, same address. */
    @Meaning("A pod's container restarts: same pod, same address.")
    @Inline
    record Restart(@Key(value = "The pod.", required = true) ObjectKey pod) implements Event {}

    /** A pod dies at once; its workload makes a new one with a new address. */
    @Meaning("A pod dies at once; its workload makes a new one with a new address.")
    @Inline
    record Kill(@Key(value = "The pod.", required = true) ObjectKey pod) implements Event {}

    /** A node is cordoned and its pods are evicted. */
    @Meaning("A node is cordoned and its pods are evicted.")
    @Inline
    record Drain(@Key(value = "The node.", required = true) ObjectKey node) implements Event {}

    /** Something fails. */
    @Meaning("Something fails.")
    @Inline
    record Fail(@Key(value = "`node/NAME`, `kube-proxy/NODE`, `link/node/NAME`, `link/pod/NAME`,"
            + " `link/external/NAME` or `healthCheck/SERVICE`.",
            required = true) FaultTarget target) implements Event {}

    /** Something that failed works again. */
    @Meaning("Something that failed works again.")
    @Inline
    record Recover(@Key(value = "As in `fail`.", required = true) FaultTarget target)
            implements Event {}

    /** Sysctls are set: of the target alone, or of all nodes and, below {@code pods}, all pods. */
    @Meaning("Sysctls are set.")
    record Sysctl(
            @Key(value = "`node/NAME` or `pod/NAME`.",
                    otherwise = "all nodes")
            @Nullable ObjectKey target,
            @Key(value = "Sysctls by full name; those of all pods below `pods`.",
                    required = true)
            @Inline SysctlSpec values)
            implements Event {}

    /** A link gets another quality. Keys that are absent change nothing. */
    @Meaning("A link gets another quality.")
    record Impair(
            @Key(value = "`link/node/NAME`, `link/pod/NAME` or `link/external/NAME`.",
                    required = true)
            LinkRef target,
            @Key(value = "Mean one-way delay.",
                    otherwise = "unchanged")
            @Nullable Long latencyNanos,
            @Key(value = "Largest deviation from the mean, uniform.",
                    otherwise = "unchanged")
            @Nullable Long jitterNanos,
            @Key(value = "Share of packets lost.", otherwise = "unchanged",
                    max = 1)
            @Nullable BigFraction loss,
            @Key(value = "Largest IP packet, in bytes.", otherwise = "unchanged", min = 68,
                    max = 65535)
            @Nullable Integer mtu)
            implements Event {}
}
