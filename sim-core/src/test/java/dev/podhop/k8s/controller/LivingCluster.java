package dev.podhop.k8s.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.Delay;
import dev.podhop.engine.SimTime;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodStatusTree;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.TestManifests;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.k8s.store.Watches;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A cluster whose time runs: news take 5 ms, a controller 2 ms, the scheduler 10 ms, and in the
 * place of kubelets somebody who starts a pod in one second and ends it in two.
 */
final class LivingCluster {

    static final long STARTUP_NANOS = SimTime.SECOND;
    static final long SHUTDOWN_NANOS = 2 * SimTime.SECOND;

    final Simulation simulation = new Simulation();
    final Agenda agenda = new Agenda(simulation);
    final Problems problems = new Problems();
    final ApiStore store;
    final Controllers controllers;
    final List<String> told = new ArrayList<>();
    /** Pods, by the start of their names, that never become ready. */
    final Set<String> broken = new HashSet<>();
    /** Nodes whose kubelet does nothing. */
    final Set<String> dark = new HashSet<>();
    private final Watches watches;

    LivingCluster(int minorVersion) {
        this(minorVersion, 0);
    }

    LivingCluster(int minorVersion, long sliceBatchNanos) {
        store = new ApiStore(new Admission(List.of(Cidr.of("10.96.0.0/16")), minorVersion));
        watches = new Watches(store, simulation, 1, Delay.of(5 * SimTime.MILLISECOND));
        controllers = new Controllers(store, watches, agenda, 42, 1, minorVersion,
                new ControllerTimes(Delay.of(2 * SimTime.MILLISECOND),
                        Delay.of(10 * SimTime.MILLISECOND), sliceBatchNanos,
                        ControllerTimes.nodeMonitorGrace(minorVersion)));
    }

    /** The cluster begins with these, settled, and time begins. */
    LivingCluster begin(String manifests) {
        store.load(TestManifests.parse(manifests), problems);
        controllers.settle(problems);
        assertThat(problems.all()).isEmpty();
        store.begin(simulation::nowNanos);
        store.subscribe(this::kubelet);
        watches.start();
        controllers.start();
        return this;
    }

    private void kubelet(StoreEvent event) {
        if (!(event.after() instanceof Pod pod) || pod.spec().nodeName().isEmpty()
                || dark.contains(pod.spec().nodeName())) {
            return;
        }
        boolean isNew = !(event.before() instanceof Pod before)
                || before.spec().nodeName().isEmpty();
        if (isNew && broken.stream().noneMatch(pod.metadata().name()::startsWith)) {
            agenda.after(STARTUP_NANOS, () -> start(pod.key()));
        } else if (pod.isTerminating() && !(event.before() instanceof Pod before
                && before.isTerminating())) {
            agenda.after(SHUTDOWN_NANOS, () -> store.remove(pod.key()));
        }
    }

    private void start(ObjectKey key) {
        if (store.get(key) instanceof Pod pod && !pod.isTerminating()) {
            Node node = store.get(Node.class, "", pod.spec().nodeName());
            IpAddress address =
                    store.podAddresses().allocate(node.podRanges().get(0)).orElseThrow();
            store.put(new PodStatusTree(pod).phase("Running").hosts(PodStatusTree.hostIPs(node))
                    .ips(List.of(address.toString())).conditions(Map.of("Ready", true)).build());
        }
    }

    LivingCluster patch(String target, String patch) {
        assertThat(store.patch(key(target), TestManifests.tree(patch), problems))
                .as("%s", problems.all()).isTrue();
        return this;
    }

    /** Another image, and so another template. */
    LivingCluster newImage(String target) {
        return patch(target, "spec: {template: {spec: {containers: [{name: c, image: 'i:2'}]}}}");
    }

    LivingCluster runTo(double seconds) {
        simulation.runUntil((long) (seconds * SimTime.SECOND));
        return this;
    }

    static ObjectKey key(String target) {
        String[] parts = target.split("/");
        ApiKind kind = ApiKind.ofWord(parts[0]).orElseThrow();
        return new ObjectKey(kind, kind.namespaced() ? "default" : "", parts[1]);
    }

    /** From now on, each write of such objects is told by what it makes of them, if that is new. */
    <T> void tell(Class<T> type, Function<StoreEvent, String> line) {
        store.subscribe(event -> {
            if (type.isInstance(event.object())) {
                String text = line.apply(event);
                if (!text.isEmpty()) {
                    told.add(SimTime.formatSeconds(simulation.nowNanos(), 3) + " " + text);
                }
            }
        });
    }

    /** Tells of every change of a ReplicaSet's size, as the sizes of all of them, oldest first. */
    void tellSizes() {
        tell(ReplicaSet.class, event -> event.before() instanceof ReplicaSet before
                && event.after() instanceof ReplicaSet after
                && before.replicas() == after.replicas() ? "" : sizes());
    }

    String sizes() {
        return String.join("+", store.list(ReplicaSet.class).stream()
                .map(set -> String.valueOf(set.replicas())).toList());
    }

    /** Tells of pods that come, become ready, are being deleted, and go. */
    void tellPods() {
        tell(Pod.class, event -> {
            String name = event.key().name();
            if (event.isDeletion()) {
                return name + " gone";
            }
            Pod after = (Pod) event.after();
            if (!(event.before() instanceof Pod before)) {
                return name + " made";
            }
            if (after.isTerminating() != before.isTerminating()) {
                return name + " ending";
            }
            return after.isReady() == before.isReady() ? ""
                    : name + (after.isReady() ? " ready" : " unready");
        });
    }

    List<Pod> pods() {
        return store.list(Pod.class);
    }

    List<Pod> ready() {
        return pods().stream().filter(p -> p.isReady() && !p.isTerminating()).toList();
    }

    static String workload(String kind, String name, String spec, String podSpec) {
        return """
                ---
                apiVersion: apps/v1
                kind: %s
                metadata: {name: %s}
                spec:
                  {%sselector: {matchLabels: {app: %s}}, template: {metadata: {labels: {app: %s}},
                    spec: {%scontainers: [{name: c, image: i,
                      ports: [{name: http, containerPort: 8080}]}]}}}
                """.formatted(kind, name, spec, name, name, podSpec);
    }
}
