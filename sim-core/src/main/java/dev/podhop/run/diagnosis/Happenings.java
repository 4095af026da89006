package dev.podhop.run.diagnosis;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.net.IpAddress;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.Waited;
import dev.podhop.run.stage.ControlPlane;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.FaultTarget;
import dev.podhop.scenario.LinkRef;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the timeline had done, by a time, to the things that a packet met. */
final class Happenings {

    private final List<TimelineEntry> timeline;
    private final ControlPlane controlPlane;

    Happenings(LoadedScenario scenario, ControlPlane controlPlane) {
        this.timeline = scenario.timeline();
        this.controlPlane = controlPlane;
    }

    /** A pod's process was stopped, or its container restarted. */
    List<Explanation> ofPod(Pod pod, long atNanos) {
        ObjectKey key = pod.key();
        return last(atNanos, event -> switch (event) {
            case Event.Stop stop -> stop.pod().equals(key);
            case Event.Restart restart -> restart.pod().equals(key);
            case Event.Kill kill -> kill.pod().equals(key);
            default -> false;
        });
    }

    /** The kube-proxy of a node stands still. */
    List<Explanation> ofKubeProxy(String node, long atNanos) {
        return failed(atNanos, target -> target instanceof FaultTarget.KubeProxyFault proxy
                && proxy.node().equals(node));
    }

    /** A Service's health checks were made to fail. */
    List<Explanation> ofBalancer(Service service, long atNanos) {
        return failed(atNanos, target -> target instanceof FaultTarget.HealthCheckFault check
                && check.service().equals(service.metadata().name())
                && check.namespace().equals(service.metadata().namespace()));
    }

    /** The node that an address is on, or the link to it, or the link to its pod, is down. */
    List<Explanation> ofAddress(IpAddress address, long atNanos) {
        Optional<Node> node = controlPlane.store().list(Node.class).stream()
                .filter(n -> n.internalAddresses().contains(address)
                        || n.podRanges().stream().anyMatch(range -> range.contains(address)))
                .findFirst();
        Optional<Pod> pod = controlPlane.pods().stream()
                .filter(p -> p.status().podIPs().contains(address.toString())).findFirst();
        List<Explanation> all = new ArrayList<>(failed(atNanos, target -> switch (target) {
            case FaultTarget.NodeFault fault -> isNamed(node, fault.node());
            case FaultTarget.LinkFault fault -> isOf(fault.link(), node, pod);
            default -> false;
        }));
        all.addAll(last(atNanos, event -> event instanceof Event.Impair impair
                && isOf(impair.target(), node, pod)));
        return all;
    }

    private static boolean isNamed(Optional<Node> node, String name) {
        return node.filter(n -> n.metadata().name().equals(name)).isPresent();
    }

    private static boolean isOf(LinkRef link, Optional<Node> node, Optional<Pod> pod) {
        return switch (link.end()) {
            case NODE -> isNamed(node, link.name());
            case POD -> pod.filter(p -> p.metadata().name().equals(link.name())).isPresent();
            case EXTERNAL -> false;
        };
    }

    private List<Explanation> failed(long atNanos, Predicate<FaultTarget> meant) {
        return last(atNanos, event -> switch (event) {
            case Event.Fail fail -> meant.test(fail.target());
            case Event.Recover recover -> meant.test(recover.target());
            default -> false;
        }, event -> !(event instanceof Event.Recover));
    }

    private List<Explanation> last(long atNanos, Predicate<Event> meant) {
        return last(atNanos, meant, event -> true);
    }

    /** The last event that is meant, if it still counts. */
    private List<Explanation> last(long atNanos, Predicate<Event> meant,
            Predicate<Event> counts) {
        TimelineEntry found = null;
        for (TimelineEntry entry : timeline) {
            if (entry.atNanos() <= atNanos && meant.test(entry.event())) {
                found = entry;
            }
        }
        return found == null || !counts.test(found.event()) ? List.of()
                : List.of(RunReason.HAPPENED.with("at", Waited.text(found.atNanos()), "event",
                        found.event().verb() + " " + found.event().about()));
    }
}
