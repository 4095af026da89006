package dev.podhop.kubelet;

import dev.podhop.engine.Agenda;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kubelets of all nodes. Each has charge of the pods bound to its node, as soon as it hears of
 * them; give {@link #onEvent} to whatever delays the news.
 */
public final class Kubelets implements StoreEvent.Listener {

    private final KubeletContext context;
    private final Map<ObjectKey, PodWorker> workers = new LinkedHashMap<>();
    private final Map<ObjectKey, Integer> generations = new HashMap<>();
    private final Set<String> down = new LinkedHashSet<>();

    /**
     * @param simulation whose clock they live by
     * @param runtime what they drive
     * @param seed of the run: when each looks at its containers, and probes
     */
    public Kubelets(ApiStore store, Simulation simulation, PodRuntime runtime,
            KubeletTimings timings, long seed) {
        this.context = new KubeletContext(store, new Agenda(simulation), runtime, timings, seed);
    }

    /**
     * Time begins: the pods that are there run since long, each as its status says, and from now on
     * pods come and go through kubelets only. One that is being deleted already stays so: nobody
     * can say how far it is.
     */
    public void start() {
        context.store().begin(context.agenda()::nowNanos);
        for (Pod pod : context.store().list(Pod.class)) {
            if (pod.status().phase().equals("Running") && !pod.status().podIPs().isEmpty()
                    && !pod.spec().nodeName().isEmpty()) {
                worker(pod).adopt();
            }
        }
    }

    private PodWorker worker(Pod pod) {
        int generation = generations.merge(pod.key(), 1, Integer::sum);
        PodWorker worker =
                new PodWorker(context, pod, generation, () -> workers.remove(pod.key()));
        workers.put(pod.key(), worker);
        return worker;
    }

    /** A kubelet hears of a write; it acts on the object as it is now. */
    @Override
    public void onEvent(StoreEvent event) {
        if (!(event.object() instanceof Pod pod) || pod.spec().nodeName().isEmpty()
                || down.contains(pod.spec().nodeName())) {
            return;
        }
        PodWorker worker = workers.get(pod.key());
        if (event.isDeletion()) {
            // One that this kubelet ended itself has no worker any more.
            if (worker != null && event.resourceVersion() > worker.sinceVersion()) {
                worker.vanish();
            }
        } else if (context.store().get(pod.key()) instanceof Pod now
                && now.spec().nodeName().equals(pod.spec().nodeName())) {
            if (worker != null) {
                worker.seen(now);
            } else {
                take(now);
            }
        }
    }

    /** A pod that nobody has charge of; what its file called Pending stays so. */
    private void take(Pod pod) {
        boolean nodeExists = context.store().get(Node.class, "", pod.spec().nodeName()) != null;
        if (nodeExists && pod.status().phase().isEmpty()) {
            PodWorker worker = worker(pod);
            if (pod.isTerminating()) {
                worker.end(0);
            } else {
                worker.begin(pod.addresses(), false);
            }
        }
    }

    /** What a pod's status says of its containers; empty where no kubelet has charge of it. */
    public Optional<PodContainers> containers(ObjectKey pod) {
        return Optional.ofNullable(workers.get(pod)).map(PodWorker::told);
    }

    /** The pod's containers end and are started again: same pod, same address. */
    public boolean restart(ObjectKey pod) {
        PodWorker worker = workers.get(pod);
        if (worker != null) {
            worker.crash();
        }
        return worker != null;
    }

    /** The pod's processes end, and kubelet looks away: pod and endpoint stay. */
    public boolean stop(ObjectKey pod) {
        PodWorker worker = workers.get(pod);
        if (worker != null) {
            worker.holdDown();
        }
        return worker != null;
    }

    /** The pod is gone at once: process, network and object. False if there is none. */
    public boolean kill(ObjectKey pod) {
        PodWorker worker = workers.get(pod);
        if (worker != null) {
            worker.vanish();
        }
        return context.store().remove(pod);
    }

    /** A node loses its power: its kubelet hears, does and says nothing any more. */
    public void fail(String node) {
        if (down.add(node)) {
            workersOf(node).forEach(PodWorker::lose);
            context.runtime().nodeDown(node);
        }
    }

    /**
     * A node has power again. Its pods' sandboxes are lost, so each pod that is still wanted gets a
     * new one, with another address; one deleted meanwhile is gone as soon as kubelet says so.
     */
    public void recover(String node) {
        if (!down.remove(node)) {
            return;
        }
        context.runtime().nodeUp(node);
        Map<ObjectKey, PodWorker> before = new HashMap<>();
        workersOf(node).forEach(worker -> before.put(worker.key(), worker));
        before.keySet().forEach(workers::remove);
        for (Pod pod : context.store().list(Pod.class)) {
            if (pod.spec().nodeName().equals(node) && !pod.isFinished()) {
                PodWorker worker = worker(pod);
                PodWorker old = before.get(pod.key());
                if (old != null) {
                    worker.resume(old);
                }
                if (pod.isTerminating()) {
                    worker.end(0);
                } else {
                    worker.begin(List.of(), true);
                }
            }
        }
    }

    private List<PodWorker> workersOf(String node) {
        return workers.values().stream().filter(worker -> worker.node().equals(node)).toList();
    }
}
