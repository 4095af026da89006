package dev.podhop.cluster;

import dev.podhop.cluster.ClusterConfig.Serving;
import dev.podhop.dns.NodeCache;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.ContainerAction;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.IntOrString;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Probe;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.workload.ServerBehaviour;
import dev.podhop.workload.ServerProcess;
import dev.podhop.workload.ServerProcess.Port;
import dev.podhop.workload.Traffic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The processes in the pods: one a container.
 *
 * <p>A container listens on its declared containerPorts and on what its probes ask, unready and
 * terminating too; where no container of a pod declares any, the first listens on the ports of the
 * endpoints that the pod is, and else on those of {@link UndeclaredPorts}.
 */
final class Servers {

    private final Traffic workload;
    private final List<Serving> behaviours;
    private final StateLog log;
    private final NodeCacheHosts nodeCaches = new NodeCacheHosts();
    private final Map<String, Map<String, ServerProcess>> processes = new LinkedHashMap<>();
    private final ObjectIndex index = new ObjectIndex();
    private final UndeclaredPorts undeclared = new UndeclaredPorts(index);

    Servers(Traffic workload, List<Serving> behaviours, StateLog log) {
        this.workload = workload;
        this.log = log;
        this.behaviours = behaviours;
    }

    /**
     * Looks at what was written: on what pods are taken to listen, beside what they declare.
     *
     * @return pods that may listen on other ports from now on, or are others themselves; oldest
     *         first
     */
    List<Pod> follow(Collection<StoreEvent> writes) {
        Collection<StoreEvent> summed = index.follow(writes);
        Set<ObjectKey> pods = new LinkedHashSet<>();
        Set<IpAddress> endpoints = new LinkedHashSet<>();
        for (StoreEvent write : summed) {
            if (write.object() instanceof Pod) {
                pods.add(write.key());
            } else if (write.object() instanceof EndpointSlice) {
                endpoints.addAll(newsOf((EndpointSlice) write.before(),
                        (EndpointSlice) write.after()));
            }
        }
        undeclared.follow(summed).forEach(service -> index.slicesOf(service)
                .forEach(slice -> endpoints.addAll(index.slices().addresses(slice))));
        index.pods().at(endpoints).forEach(pod -> pods.add(pod.key()));
        return pods.stream().sorted(index.pods().age()).map(index.pods()::get)
                .filter(Objects::nonNull).toList();
    }

    /** The addresses of which a slice says something else about ports than before. */
    private Set<IpAddress> newsOf(@Nullable EndpointSlice before, @Nullable EndpointSlice after) {
        Set<IpAddress> old = before == null ? Set.of() : index.slices().addresses(before);
        Set<IpAddress> now = after == null ? Set.of() : index.slices().addresses(after);
        Set<IpAddress> news = new LinkedHashSet<>(old);
        news.addAll(now);
        if (before != null && after != null && before.ports().equals(after.ports())
                && before.serviceName().equals(after.serviceName())) {
            news.removeIf(address -> old.contains(address) && now.contains(address));
        }
        return news;
    }

    /** Who has an address, and which slices name it. */
    ObjectIndex index() {
        return index;
    }

    /** All of a pod's processes have been running for long. */
    void settle(PodHost host) {
        for (Container container : lasting(host.pod())) {
            process(host, container.name()).startSettled();
        }
    }

    /** A container's process starts. */
    void start(PodHost host, String container) {
        log.process(host, container, "started");
        process(host, container).start();
    }

    private ServerProcess process(PodHost host, String container) {
        ServerProcess process =
                workload.process(host.namespace(), host.label(), behaviour(host.pod()));
        nodeCaches.starting(host, container, process);
        process.ports(ports(host.pod()).getOrDefault(container, Set.of()));
        processes.merge(host.label(), Map.of(container, process), (known, added) -> {
            Map<String, ServerProcess> both = new LinkedHashMap<>(known);
            both.putAll(added);
            return both;
        });
        return process;
    }

    /** SIGTERM; without a process it has exited already. */
    void terminate(PodHost host, String container, Runnable exited) {
        ServerProcess process = running(host, container);
        if (process == null) {
            exited.run();
        } else {
            log.process(host, container, "SIGTERM");
            process.terminate(() -> {
                log.process(host, container, "");
                nodeCaches.ended(host, container);
                exited.run();
            });
        }
    }

    void kill(PodHost host, String container) {
        ServerProcess process = running(host, container);
        if (process != null) {
            log.process(host, container, "");
            process.kill();
        }
    }

    /** A pod's host is about to be no more. */
    void lose(PodHost host) {
        processes.getOrDefault(host.label(), Map.of()).values().forEach(ServerProcess::lose);
        nodeCaches.lost(host);
    }

    /** What DNS caches of nodes have done to theirs. */
    NodeCacheHosts nodeCaches() {
        return nodeCaches;
    }

    /** All of a pod's processes are gone. */
    void kill(PodHost host) {
        Map<String, ServerProcess> own = processes.remove(host.label());
        if (own != null) {
            own.forEach((container, process) -> {
                if (!process.exited()) {
                    log.process(host, container, "");
                    process.kill();
                }
            });
        }
    }

    private @Nullable ServerProcess running(PodHost host, String container) {
        ServerProcess process =
                processes.getOrDefault(host.label(), Map.of()).get(container);
        return process == null || process.exited() ? null : process;
    }

    /** A pod's ports may have changed: with the endpoints that it is, for one. */
    void refresh(PodHost host) {
        Map<String, ServerProcess> own = processes.getOrDefault(host.label(), Map.of());
        if (!own.isEmpty()) {
            Map<String, Set<Port>> ports = ports(host.pod());
            own.forEach((container, process) -> {
                if (!process.exited()) {
                    process.ports(ports.getOrDefault(container, Set.of()));
                }
            });
        }
    }

    /** The containers that do not end by themselves: the ordinary ones, then sidecars. */
    private static List<Container> lasting(Pod pod) {
        List<Container> containers = new ArrayList<>(pod.spec().containers());
        pod.spec().initContainers().stream().filter(c -> c.restartPolicy().equals("Always"))
                .forEach(containers::add);
        return containers;
    }

    /** Ports by container; a port that two of them want is the first's. */
    private Map<String, Set<Port>> ports(Pod pod) {
        Map<String, Set<Port>> ports = new LinkedHashMap<>();
        Set<Port> taken = new LinkedHashSet<>();
        List<Integer> stated = Serving.of(pod, behaviours).ports();
        if (!stated.isEmpty() && !lasting(pod).isEmpty()) {
            stated.forEach(number -> {
                taken.add(new Port(L4Protocol.TCP, number));
                taken.add(new Port(L4Protocol.UDP, number));
            });
            return Map.of(lasting(pod).getFirst().name(), taken);
        }
        for (Container container : lasting(pod)) {
            Set<Port> own = new LinkedHashSet<>();
            for (Container.ContainerPort port : container.ports()) {
                L4Protocol.ofServicePort(port.protocol())
                        .map(p -> new Port(p, port.containerPort())).filter(taken::add)
                        .ifPresent(own::add);
            }
            ports.put(container.name(), own);
        }
        if (!ports.isEmpty()) {
            Set<Port> first = ports.values().iterator().next();
            portsAsEndpoint(pod, taken.isEmpty()).stream().filter(taken::add)
                    .forEach(first::add);
        }
        NodeCache.of(pod).ifPresent(
                cache -> NodeCacheHosts.ports(cache).stream().filter(taken::add).forEach(
                        ports.getOrDefault(cache.container(), new LinkedHashSet<>())::add));
        for (Container container : lasting(pod)) {
            probed(container).stream().filter(taken::add)
                    .forEach(ports.getOrDefault(container.name(), new LinkedHashSet<>())::add);
        }
        return ports;
    }

    /** Many a server answers its probes on a port that its manifest does not declare. */
    private static Set<Port> probed(Container container) {
        Set<Port> ports = new LinkedHashSet<>();
        for (Probe probe : new @Nullable Probe[] {container.startupProbe(),
            container.readinessProbe(), container.livenessProbe()}) {
            IntOrString port = probe == null ? IntOrString.ZERO : switch (probe.action()) {
                case ContainerAction.HttpGet get -> get.port();
                case ContainerAction.TcpSocket socket -> socket.port();
                case ContainerAction.Grpc grpc -> IntOrString.of(grpc.port());
                case ContainerAction.Exec exec -> IntOrString.ZERO;
                case ContainerAction.Sleep sleep -> IntOrString.ZERO;
            };
            if (port.text() == null && port.number() > 0) {
                ports.add(new Port(L4Protocol.TCP, port.number()));
            }
        }
        return ports;
    }

    /** @param silent whether the pod declares nothing at all */
    private Set<Port> portsAsEndpoint(Pod pod, boolean silent) {
        Set<Port> ports = new LinkedHashSet<>();
        for (EndpointSlice slice : index.slices().at(index.pods().addresses(pod))) {
            if (slice.metadata().namespace().equals(pod.metadata().namespace())) {
                for (EndpointPort port : slice.ports()) {
                    Integer number = port.port();
                    if (number != null
                            && (silent || undeclared.has(slice, port.protocol(), number))) {
                        L4Protocol.ofServicePort(port.protocol())
                                .ifPresent(p -> ports.add(new Port(p, number)));
                    }
                }
            }
        }
        return ports;
    }

    private ServerBehaviour behaviour(Pod pod) {
        return Serving.of(pod, behaviours).behaviour();
    }

    /** What a pod answers over HTTP on a path. */
    int status(Pod pod, String path) {
        return Serving.of(pod, behaviours).status(path);
    }
}
