package dev.podhop.cluster;

import dev.podhop.cloud.Backend;
import dev.podhop.cloud.Cloud;
import dev.podhop.cloud.Instance;
import dev.podhop.cloud.InstanceListener;
import dev.podhop.cluster.ClusterConfig.Serving;
import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.engine.Simulation;
import dev.podhop.kubeproxy.HealthAnswer;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.AttemptSpec;
import dev.podhop.workload.Traffic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The load balancers' health checks: each backend is asked at its interval, by packets from the
 * edge.
 *
 * <p>Backends are asked one after another, not all at the same moment: where in its interval each
 * one's turn is, is drawn. A backend of weight 0 is asked as well. The probes come from the edge's
 * own address, which stands for the range that a real load balancer probes from.
 */
final class HealthChecks {

    private static final String CLIENT = "edge";
    private static final int REQUEST_BYTES = 64;

    private final Cloud cloud;
    private final Traffic workload;
    private final NetworkNamespace edge;
    private final Simulation simulation;
    private final KubeProxies kubeProxies;
    private final Pods pods;
    private final long seed;
    private final int turns;
    private final Map<Backend, Round> rounds = new LinkedHashMap<>();
    private final List<Round> byIndex = new ArrayList<>();
    /** Services whose checks fail whatever the backends answer, {@code NS/NAME}. */
    private final Set<String> broken = new HashSet<>();
    private boolean running;

    /** One backend's probes. */
    private static final class Round {
        final int index;
        final String service;
        final String name;
        final Backend backend;
        final Backend.Probe probe;
        boolean over;
        int asked;

        Round(int index, InstanceListener listener, String name, Backend backend,
                Backend.Probe probe) {
            this.index = index;
            this.service = listener.owner();
            this.name = name;
            this.backend = backend;
            this.probe = probe;
        }
    }

    HealthChecks(Cloud cloud, Traffic workload, NetworkNamespace edge, KubeProxies kubeProxies,
            Pods pods, long seed) {
        this.cloud = cloud;
        this.workload = workload;
        this.edge = edge;
        this.simulation = edge.network().simulation();
        this.kubeProxies = kubeProxies;
        this.pods = pods;
        this.seed = seed;
        this.turns = simulation.register(this::ask);
    }

    /** What kube-proxies say now, they have said for long. */
    void settle() {
        for (Instance instance : cloud.instances()) {
            for (InstanceListener listener : instance.listeners()) {
                for (Backend backend : listener.backends()) {
                    Integer status = kubeProxySays(backend);
                    if (status != null) {
                        backend.found(Serving.isWell(status));
                    }
                }
            }
        }
    }

    /** Begins to ask. */
    void start() {
        running = true;
        follow();
    }

    /** Asks whoever is a backend now, and nobody else. */
    void follow() {
        if (!running) {
            return;
        }
        Set<Backend> bound = new HashSet<>();
        for (Instance instance : cloud.instances()) {
            for (InstanceListener listener : instance.listeners()) {
                for (Backend backend : listener.backends()) {
                    Backend.Probe probe = backend.probe();
                    if (probe != null) {
                        bound.add(backend);
                        rounds.computeIfAbsent(backend,
                                added -> begin(instance, listener, added, probe));
                    }
                }
            }
        }
        rounds.values().removeIf(round -> {
            round.over = !bound.contains(round.backend);
            return round.over;
        });
    }

    private Round begin(Instance instance, InstanceListener listener, Backend backend,
            Backend.Probe probe) {
        String service = listener.owner().isEmpty() ? instance.id() : listener.owner();
        Round round = new Round(byIndex.size(), listener,
                "health-check/" + service.substring(service.indexOf('/') + 1) + "/"
                        + backend.name().substring(backend.name().indexOf('/') + 1),
                backend, probe);
        byIndex.add(round);
        Rng luck = new Rng(Rng.mix(seed, Keys.of(round.name), listener.port(), round.index));
        simulation.scheduleAfter(luck.nextLong(probe.rhythm().intervalNanos()), turns,
                round.index, 0);
        return round;
    }

    private void ask(long nowNanos, int index, long unused) {
        Round round = byIndex.get(index);
        if (round.over) {
            return;
        }
        simulation.scheduleAfter(round.probe.rhythm().intervalNanos(), turns, index, 0);
        SocketAddress to = round.probe.to();
        workload.probe(edge, new AttemptSpec(round.name, round.asked++, CLIENT, to,
                L4Protocol.TCP, 0, round.probe.http() ? REQUEST_BYTES : 0,
                round.probe.rhythm().timeoutNanos(), true), result -> answered(round, result));
    }

    private void answered(Round round, AttemptResult result) {
        if (!round.over && round.backend.probed(
                passed(round, result) && !broken.contains(round.service),
                round.probe.rhythm())) {
            cloud.tell();
        }
    }

    /** A connection is enough, unless it is asked over HTTP: then the status has to be well. */
    private boolean passed(Round round, AttemptResult result) {
        String path = round.probe.path();
        if (result.outcome() != Outcome.Answered || path == null) {
            return result.outcome() == Outcome.Answered;
        }
        Integer status = kubeProxySays(round.backend);
        return Serving.isWell(
                status != null ? status : pods.status(String.valueOf(result.endpoint()), path));
    }

    /** What kube-proxy answers where it is asked; null where somebody else is. */
    private @Nullable Integer kubeProxySays(Backend backend) {
        Backend.Probe probe = backend.probe();
        if (probe == null || probe.path() == null) {
            return null;
        }
        int port = probe.to().port();
        if (port == HealthPorts.HEALTHZ) {
            return kubeProxies.healthz(backend.name());
        }
        HealthAnswer answer = kubeProxies.health(backend.name(), port);
        return answer == null ? null : answer.status();
    }

    /** From now on the checks of a Service's load balancer fail, or find what there is again. */
    void fail(String namespace, String service, boolean failing) {
        if (failing) {
            broken.add(namespace + "/" + service);
        } else {
            broken.remove(namespace + "/" + service);
        }
    }
}
