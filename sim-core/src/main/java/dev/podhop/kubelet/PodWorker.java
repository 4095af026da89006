package dev.podhop.kubelet;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.Delay;
import dev.podhop.k8s.Condition;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.ContainerStatus;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodStatusTree;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One pod's life on its node ({@code pkg/kubelet/pod_workers.go}). */
final class PodWorker {

    private static final String CONTAINERS_READY = "ContainersReady";

    private final KubeletContext context;
    private final Runnable forget;
    private final int generation;
    private final long sinceVersion;
    private final List<ContainerLife> containers;
    /** Init containers that stay, in their order (KEP-753). */
    private final List<ContainerLife> sidecars;
    private Pod pod;
    private Agenda.@Nullable Item next;
    /** The sidecar that the others wait for, until it has started. */
    private @Nullable ContainerLife awaited;
    private Runnable whenStarted = () -> {};
    private boolean hasSandbox;
    private boolean written;
    private boolean ending;
    private int stillUp;
    private int pieces;
    /** How many init containers are done with; sidecars, once they have started. */
    private int initialized;

    /**
     * @param generation which pod of that name on that cluster, from 1
     * @param forget called when there is nothing more to do for the pod
     */
    PodWorker(KubeletContext context, Pod pod, int generation, Runnable forget) {
        this.context = context;
        this.pod = pod;
        this.generation = generation;
        this.forget = forget;
        this.sinceVersion = context.store().resourceVersion();
        this.sidecars = lives(pod.spec().initContainers().stream().filter(PodWorker::isSidecar));
        this.containers = lives(pod.spec().containers().stream());
    }

    private List<ContainerLife> lives(Stream<Container> of) {
        List<ContainerLife> lives = new ArrayList<>();
        of.forEach(container -> lives.add(new ContainerLife(context, this, container)));
        return List.copyOf(lives);
    }

    private static boolean isSidecar(Container init) {
        return init.restartPolicy().equals("Always");
    }

    /** It runs since long, or is half on its way out, as its status says. */
    void adopt() {
        hasSandbox = true;
        initialized = pod.spec().initContainers().size();
        ending = pod.isTerminating();
        lives().forEach(life -> life.adopt(saidReady()));
    }

    /** Its containers may be ready where a gate is not. */
    private boolean saidReady() {
        return pod.status().conditions().stream().filter(c -> c.type().equals(CONTAINERS_READY))
                .findFirst().map(c -> c.status().equals("True")).orElse(pod.isReady());
    }

    /**
     * The pod is new to this node.
     *
     * @param named the addresses that its file wants it to have; empty for any
     * @param booting whether the node has just started
     */
    void begin(List<IpAddress> named, boolean booting) {
        lives().forEach(life -> life.begin(booting));
        plan(drawn(context.timings().sandbox()), () -> makeSandbox(named));
    }

    private void makeSandbox(List<IpAddress> named) {
        Node node = context.store().get(Node.class, "", node());
        List<String> hosts = node == null ? List.of() : PodStatusTree.hostIPs(node);
        List<IpAddress> addresses = pod.spec().hostNetwork()
                ? hosts.stream().map(IpAddress::of).toList()
                : !named.isEmpty() ? named
                : allocate(node);
        if (addresses.isEmpty()) {
            return; // the network plugin fails, again and again: the pod stays Pending
        }
        hasSandbox = true;
        write(status -> status.phase("Pending").hosts(hosts)
                .ips(addresses.stream().map(IpAddress::toString).toList())
                .conditions(Map.of("Ready", false)));
        context.runtime().makeSandbox(pod, addresses);
        initialize(0, 0);
    }

    private List<IpAddress> allocate(@Nullable Node node) {
        List<IpAddress> addresses = new ArrayList<>();
        for (Cidr range : node == null ? List.<Cidr>of()
                : context.store().podAddresses().rangesOf(node)) {
            Optional<IpAddress> address = context.store().podAddresses().allocate(range);
            address.ifPresent(addresses::add);
        }
        return addresses;
    }

    /**
     * One init container after the other; a sidecar need only have started, as a relist and its
     * startup probe tell ({@code computeInitContainerActions}).
     */
    private void initialize(int index, int sidecar) {
        List<Container> inits = pod.spec().initContainers();
        initialized = index;
        if (index == inits.size()) {
            containers.forEach(ContainerLife::start);
        } else if (isSidecar(inits.get(index))) {
            awaited = sidecars.get(sidecar);
            whenStarted = () -> initialize(index + 1, sidecar + 1);
            awaited.start();
        } else {
            plan(drawn(context.timings().initContainer()), () -> initialize(index + 1, sidecar));
        }
    }

    /** kubelet has seen what has become of the pod's object. */
    void seen(Pod now) {
        pod = now;
        if (now.isTerminating() && !ending) {
            Long grace = now.metadata().deletionGracePeriodSeconds();
            end(grace == null ? now.spec().terminationGracePeriodSeconds() : grace);
        } else if (hasSandbox && !ending && isRunning() && now.isReady() != isReady()
                && !now.spec().readinessGates().isEmpty()) {
            changed(); // somebody opened or shut a readiness gate
        }
    }

    /**
     * The API wants it gone: all hooks run at once; then the processes end together, after them the
     * sidecars, last first ({@code newTerminationOrdering}), and then the network goes.
     */
    void end(long graceSeconds) {
        ending = true;
        cancel();
        stillUp = sidecars.size() + containers.size();
        if (stillUp == 0) {
            allDown();
        }
        sidecars.forEach(life -> life.end(graceSeconds, false, this::oneDown));
        containers.forEach(life -> life.end(graceSeconds, true, this::oneDown));
    }

    private void oneDown() {
        if (--stillUp == 0) {
            allDown();
        } else if (containers.stream().allMatch(ContainerLife::isEnded)) {
            sidecars.reversed().stream().filter(life -> !life.isEnded()).findFirst()
                    .ifPresent(ContainerLife::yourTurn);
        }
    }

    private void allDown() {
        lives().forEach(ContainerLife::endProbes);
        if (isRunning()) {
            changed();
        }
        plan(hasSandbox ? drawn(context.timings().teardown()) : 0, () -> {
            removeSandbox();
            forget.run();
            // Its name may belong to another pod already, if it was deleted by force meanwhile.
            if (context.store().get(key()) instanceof Pod last && last.isTerminating()) {
                context.store().remove(key());
            }
        });
    }

    /** It is gone at once, process and network. */
    void vanish() {
        cancel();
        for (Container container : pod.spec().initContainers()) {
            context.runtime().kill(pod, container.name());
        }
        for (Container container : pod.spec().containers()) {
            context.runtime().kill(pod, container.name());
        }
        lives().forEach(ContainerLife::vanish);
        removeSandbox();
        forget.run();
    }

    /** Its node lost its power: nobody does anything any more. */
    void lose() {
        cancel();
        lives().forEach(ContainerLife::vanish);
    }

    void crash() {
        containers.forEach(ContainerLife::crash);
    }

    void holdDown() {
        lives().forEach(ContainerLife::holdDown);
    }

    /** Something about a container changed: the pod's status follows. */
    void changed() {
        if (pod.isFinished()) {
            return;
        }
        boolean failed = !containers.isEmpty() && !ending
                && containers.stream().allMatch(ContainerLife::isEnded);
        boolean ready = isReady();
        Map<String, Boolean> conditions = new LinkedHashMap<>();
        conditions.put(CONTAINERS_READY, containersReady());
        conditions.put("Ready", ready);
        write(status -> status.phase(failed ? "Failed" : phase()).conditions(conditions));
        lives().forEach(ContainerLife::statusUpdated);
        if (!ending && awaited != null && awaited.showsRunning() && awaited.isStarted()) {
            awaited = null;
            whenStarted.run();
        }
        if (failed) {
            lives().forEach(ContainerLife::endProbes);
            plan(drawn(context.timings().teardown()), this::removeSandbox);
        }
    }

    private String phase() {
        return isRunning() || containers.stream().anyMatch(ContainerLife::showsRunning) ? "Running"
                : "Pending";
    }

    private boolean isRunning() {
        return pod.status().phase().equals("Running");
    }

    private boolean containersReady() {
        return lives().allMatch(ContainerLife::isReady);
    }

    /** {@code GeneratePodReadyCondition}: all containers, and all gates. */
    private boolean isReady() {
        return containersReady() && pod.spec().readinessGates().stream()
                .allMatch(gate -> pod.status().conditions().stream()
                        .filter(c -> c.type().equals(gate)).map(Condition::status)
                        .anyMatch("True"::equals));
    }

    /** What its status says of its containers. */
    PodContainers told() {
        List<Container> inits = pod.spec().initContainers();
        List<ContainerStatus> init = new ArrayList<>();
        int sidecar = 0;
        for (int i = 0; i < inits.size(); i++) {
            String name = inits.get(i).name();
            ContainerStatus plain = i < initialized ? ContainerStatus.ended(name, "Completed", 0)
                    : i == initialized ? ContainerStatus.running(name, false, false)
                    : ContainerStatus.waiting(name, "PodInitializing");
            init.add(isSidecar(inits.get(i)) ? sidecars.get(sidecar++).told().orElse(plain)
                    : plain);
        }
        String why = inits.isEmpty() ? "ContainerCreating" : "PodInitializing";
        return new PodContainers(init, containers.stream()
                .map(life -> life.told().orElse(life.waiting(why))).toList(), written);
    }

    /** Its node has started anew, and this worker goes on where another was. */
    void resume(PodWorker before) {
        resume(containers, before.containers);
        resume(sidecars, before.sidecars);
    }

    private static void resume(List<ContainerLife> now, List<ContainerLife> before) {
        for (int i = 0; i < now.size() && i < before.size(); i++) {
            now.get(i).resume(before.get(i));
        }
    }

    /** Writes the status of the object as it is now, and takes that for what it has seen. */
    private void write(UnaryOperator<PodStatusTree> change) {
        if (context.store().get(key()) instanceof Pod now) {
            written = true;
            pod = change.apply(new PodStatusTree(now)).build();
            context.store().put(pod);
        }
    }

    private void removeSandbox() {
        if (hasSandbox) {
            hasSandbox = false;
            context.runtime().removeSandbox(pod);
        }
    }

    private Stream<ContainerLife> lives() {
        return Stream.concat(sidecars.stream(), containers.stream());
    }

    /** Each piece of work of each pod takes its own time, the same in every run of the seed. */
    private long drawn(Delay delay) {
        return context.drawNanos(delay, name() + "/" + pieces++);
    }

    private void plan(long delayNanos, Runnable action) {
        cancel();
        next = context.agenda().after(delayNanos, action);
    }

    private void cancel() {
        if (next != null) {
            next.cancel();
        }
    }

    Pod pod() {
        return pod;
    }

    ObjectKey key() {
        return pod.key();
    }

    String node() {
        return pod.spec().nodeName();
    }

    /** A name for this pod and no other, as far as luck goes. */
    String name() {
        return key() + "/" + generation;
    }

    /** The store's version when it came to be. */
    long sinceVersion() {
        return sinceVersion;
    }

    /** Whether a container that ended is started again. */
    boolean restarts() {
        return !pod.spec().restartPolicy().equals("Never") && !ending;
    }
}
