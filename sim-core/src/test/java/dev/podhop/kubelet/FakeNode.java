package dev.podhop.kubelet;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.Delay;
import dev.podhop.engine.SimTime;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.TestManifests;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A cluster of kubelets whose nodes only write down what they are told, with its time. */
final class FakeNode implements PodRuntime {

    private static final KubeletTimings TIMINGS = new KubeletTimings(
            Delay.of(500 * SimTime.MILLISECOND), Delay.of(SimTime.SECOND),
            Delay.of(200 * SimTime.MILLISECOND), Delay.of(100 * SimTime.MILLISECOND));

    final Simulation simulation = new Simulation();
    final ApiStore store =
            new ApiStore(new Admission(List.of(Cidr.of("10.96.0.0/12")), 34));
    final List<String> log = new ArrayList<>();
    final Kubelets kubelets;
    /** What a probe finds. */
    boolean healthy = true;
    long answerNanos;
    /** How long a process takes to end after SIGTERM; less than none: it ignores it. */
    long drainNanos;
    private final Agenda agenda = new Agenda(simulation);
    private String shownStatus = "";

    FakeNode(String manifests) {
        kubelets = new Kubelets(store, simulation, this, TIMINGS, 1);
        load(manifests);
        kubelets.start();
        store.subscribe(kubelets);
        store.subscribe(event -> note(event.after(), event.key()));
    }

    void load(String manifests) {
        Problems problems = new Problems();
        TestManifests.parse(manifests).forEach(object -> store.apply(object, problems));
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.all());
        }
    }

    private void note(ApiObject after, ObjectKey key) {
        String status = after instanceof Pod pod
                ? pod.metadata().name() + " " + pod.status().phase() + " " + pod.status().podIP()
                        + (pod.isReady() ? " ready" : " unready")
                        + (pod.isTerminating() ? " terminating" : "")
                : key.name() + " gone";
        if (!status.equals(shownStatus)) {
            shownStatus = status;
            say("API: " + status);
        }
    }

    private void say(String what) {
        log.add(SimTime.format(simulation.nowNanos()) + " " + what);
    }

    FakeNode until(String time) {
        simulation.runUntil(SimTime.parseNanos(time));
        return this;
    }

    /** What was written since the last call, without probes. */
    List<String> told() {
        List<String> told = log.stream().filter(line -> !line.contains(" probe/"))
                .collect(Collectors.toList());
        log.clear();
        return told;
    }

    /** The times of the probes of that name since the last call. */
    List<String> probes(String name) {
        return log.stream().filter(line -> line.contains(" probe/" + name))
                .map(line -> line.substring(0, line.indexOf(' '))).toList();
    }

    static ObjectKey pod(String name) {
        return new ObjectKey(ApiKind.POD, "default", name);
    }

    void patchStatus(String name, String status) {
        store.patch(pod(name), TestManifests.tree("status: {" + status + "}"), new Problems());
    }

    Pod get(String name) {
        return store.get(Pod.class, "default", name);
    }

    @Override
    public void makeSandbox(Pod pod, List<IpAddress> addresses) {
        say("plug in " + addresses);
    }

    @Override
    public void removeSandbox(Pod pod) {
        say("unplug " + pod.metadata().name());
    }

    @Override
    public void start(Pod pod, String container) {
        say("start " + container);
    }

    @Override
    public void terminate(Pod pod, String container, Runnable exited) {
        say("SIGTERM " + container);
        if (drainNanos == 0) {
            exited.run();
        } else if (drainNanos > 0) {
            agenda.after(drainNanos, exited);
        }
    }

    @Override
    public void kill(Pod pod, String container) {
        say("SIGKILL " + container);
    }

    @Override
    public void request(Pod pod, NodeRequest request, Consumer<Boolean> done) {
        say(request.flow() + " " + request.number() + " to " + request.to());
        boolean success = healthy && answerNanos < request.timeoutNanos();
        agenda.after(Math.min(answerNanos, request.timeoutNanos()),
                () -> done.accept(success));
    }

    @Override
    public void nodeDown(String node) {
        say("down " + node);
    }

    @Override
    public void nodeUp(String node) {
        say("up " + node);
    }
}
