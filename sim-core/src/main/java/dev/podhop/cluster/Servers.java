package dev.podhop.cluster;

import dev.podhop.cluster.ClusterConfig.Serving;
import dev.podhop.k8s.Container;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Pod;
import dev.podhop.net.L4Protocol;
import dev.podhop.workload.ServerBehaviour;
import dev.podhop.workload.ServerProcess;
import dev.podhop.workload.ServerProcess.Port;
import dev.podhop.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens and closes the pods' ports.
 *
 * <p>A pod listens on its declared containerPorts, unready and terminating too; where it declares
 * none, on the ports of the endpoints that it is.
 */
final class Servers {

    private final Workload workload;
    private final List<Serving> behaviours;
    private final Map<String, ServerProcess> processes = new LinkedHashMap<>();

    Servers(Workload workload, List<Serving> behaviours) {
        this.workload = workload;
        this.behaviours = behaviours;
    }

    /** Makes a pod listen where it should. */
    void serve(PodHost host, List<EndpointSlice> slices) {
        ServerProcess process = processes.computeIfAbsent(host.label(), label -> {
            ServerProcess fresh =
                    workload.process(host.namespace(), label, behaviour(host.pod()));
            fresh.startSettled();
            return fresh;
        });
        process.ports(host.pod().isFinished() ? Set.of() : ports(host.pod(), slices));
    }

    /** The pod's process is gone. */
    void stop(PodHost host) {
        ServerProcess process = processes.remove(host.label());
        if (process != null) {
            process.kill();
        }
    }

    private static Set<Port> ports(Pod pod, List<EndpointSlice> slices) {
        Set<Port> ports = new LinkedHashSet<>();
        List<Container> containers = new ArrayList<>(pod.spec().containers());
        pod.spec().initContainers().stream().filter(c -> c.restartPolicy().equals("Always"))
                .forEach(containers::add);
        for (Container container : containers) {
            for (Container.ContainerPort port : container.ports()) {
                L4Protocol.ofServicePort(port.protocol())
                        .ifPresent(p -> ports.add(new Port(p, port.containerPort())));
            }
        }
        return ports.isEmpty() ? portsAsEndpoint(pod, slices) : ports;
    }

    private static Set<Port> portsAsEndpoint(Pod pod, List<EndpointSlice> slices) {
        Set<Port> ports = new LinkedHashSet<>();
        for (EndpointSlice slice : slices) {
            boolean member = slice.metadata().namespace().equals(pod.metadata().namespace())
                    && slice.endpoints().stream().anyMatch(e -> e.addresses().stream()
                            .anyMatch(pod.status().podIPs()::contains));
            if (member) {
                for (EndpointPort port : slice.ports()) {
                    Integer number = port.port();
                    if (number != null) {
                        L4Protocol.ofServicePort(port.protocol())
                                .ifPresent(p -> ports.add(new Port(p, number)));
                    }
                }
            }
        }
        return ports;
    }

    private ServerBehaviour behaviour(Pod pod) {
        return behaviours.stream()
                .filter(b -> b.labels().entrySet().stream()
                        .allMatch(e -> e.getValue().equals(pod.metadata().label(e.getKey()))))
                .findFirst().map(Serving::behaviour).orElse(ServerBehaviour.answering(0));
    }
}
