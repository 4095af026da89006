package dev.podhop.run.diagnosis;

import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.net.IpAddress;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.Topology;
import dev.podhop.run.result.Waited;
import dev.podhop.run.result.WiringGraph;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.FaultTarget;
import dev.podhop.scenario.LinkRef;
import dev.podhop.scenario.LinkRef.End;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the timeline had done, by a time, to the things that a packet met. */
final class Happenings {

    private final List<TimelineEntry> timeline;
    private final Stage stage;

    Happenings(LoadedScenario scenario, Stage stage) {
        this.timeline = scenario.timeline();
        this.stage = stage;
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

    /**
     * The link at the place where a packet got stuck, the node that its address is on, or the link
     * to that or to its pod, is down.
     */
    List<Explanation> ofWay(Place stuck, IpAddress address, long atNanos) {
        Optional<Node> node = stage.controlPlane().store().list(Node.class).stream()
                .filter(n -> n.internalAddresses().contains(address)
                        || n.podRanges().stream().anyMatch(range -> range.contains(address)))
                .findFirst();
        Optional<Pod> pod = stage.controlPlane().pods().stream()
                .filter(p -> p.status().podIPs().contains(address.toString())).findFirst();
        List<Explanation> all = new ArrayList<>(failed(atNanos, target -> switch (target) {
            case FaultTarget.NodeFault fault -> isNamed(node, fault.node());
            case FaultTarget.LinkFault fault -> isAt(fault.link(), stuck)
                    || isOf(fault.link(), node, pod);
            default -> false;
        }));
        all.addAll(last(atNanos, event -> event instanceof Event.Impair impair
                && (isAt(impair.target(), stuck) || isOf(impair.target(), node, pod))));
        return all;
    }

    /** Whom the link that a packet did not pass joins to the rest, where those are several. */
    private List<Explanation> parted(LinkRef link) {
        Topology topology = Topology.of(stage.cluster());
        List<Place> parted = topology.wires().stream().filter(wire -> isOf(link, wire))
                .findFirst().map(new WiringGraph(topology)::partedBy).orElse(List.of());
        return parted.size() < 2 ? List.of()
                : List.of(RunReason.PARTED.with("link", link.toString(), "places",
                        Said.some(parted.stream().map(Place::label).toList())));
    }

    /** The wire up from what is linked; a node's wires to its pods are theirs. */
    private static boolean isOf(LinkRef link, Topology.Wire wire) {
        return isAt(link, wire.a()) && (link.end() == End.POD || !isPod(wire.b()))
                || isAt(link, wire.b()) && (link.end() == End.POD || !isPod(wire.a()));
    }

    private static boolean isPod(Place place) {
        return place.kind() == Place.Kind.POD;
    }

    private static boolean isNamed(Optional<Node> node, String name) {
        return node.filter(n -> n.metadata().name().equals(name)).isPresent();
    }

    private static boolean isAt(LinkRef link, Place place) {
        return label(link).equals(place.label());
    }

    private static String label(LinkRef link) {
        return link.end() + "/" + Names.qualified(link.namespace(), link.name());
    }

    private static boolean isOf(LinkRef link, Optional<Node> node, Optional<Pod> pod) {
        return switch (link.end()) {
            case NODE -> isNamed(node, link.name());
            case POD -> pod.filter(p -> Said.name(p).equals(label(link))).isPresent();
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
        if (found == null || !counts.test(found.event())) {
            return List.of();
        }
        List<Explanation> facts = new ArrayList<>();
        facts.add(RunReason.HAPPENED.with("at", Waited.text(found.atNanos()), "event",
                found.event().verb() + " " + found.event().about()));
        if (found.event() instanceof Event.Fail(FaultTarget.LinkFault(LinkRef link))) {
            facts.addAll(parted(link));
        }
        return facts;
    }
}
