package dev.podhop.run.truth;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Packets of calls that a node passes on, begins or ends: one of each kind for each endpoint. */
final class Probes {

    private static final int MARK = 0x4000;
    private static final int CLIENT_PORT = 40_000;
    /** For benchmarks (RFC 2544, 5180): somebody outside. */
    private static final List<IpAddress> OUTSIDE =
            List.of(IpAddress.of("198.18.0.2"), IpAddress.of("2001:2::2"));

    private final LoadedScenario scenario;
    private final Stage stage;
    private final String node;
    private final ProxyMode mode;
    private final Map<String, Pod> pods = new LinkedHashMap<>();
    private final Map<String, List<EndpointSlice>> slices = new HashMap<>();
    private final Set<IpAddress> own = new LinkedHashSet<>();
    private final List<ProbePacket> probes = new ArrayList<>();

    Probes(LoadedScenario scenario, Stage stage, String node, ProxyMode mode) {
        this.scenario = scenario;
        this.stage = stage;
        this.node = node;
        this.mode = mode;
        for (Pod pod : stage.controlPlane().pods()) {
            if (!pod.isFinished() && !pod.spec().hostNetwork()) {
                pod.status().podIPs().forEach(ip -> pods.putIfAbsent(ip, pod));
            }
        }
        stage.controlPlane().store().list(EndpointSlice.class).forEach(
                slice -> slices.computeIfAbsent(slice.metadata().namespace() + "/"
                        + slice.serviceName(), s -> new ArrayList<>()).add(slice));
        for (Node each : stage.cluster().objects().nodes()) {
            if (each.metadata().name().equals(node)) {
                own.addAll(each.internalAddresses());
            }
        }
    }

    String node() {
        return node;
    }

    /**
     * The packets.
     *
     * @param ranges from whose pods there are some besides
     */
    List<ProbePacket> from(List<String> ranges) {
        if (probes.isEmpty()) {
            List<Pod> callers = callers(ranges);
            for (Service service : stage.controlPlane().services()) {
                slices.getOrDefault(service.metadata().namespace() + "/"
                        + service.metadata().name(), List.of())
                        .forEach(slice -> slice(service, slice, callers));
            }
        }
        return List.copyOf(probes);
    }

    /** One of this node, one of another, and those whom somebody's rule names. */
    private List<Pod> callers(List<String> ranges) {
        Set<Pod> callers = new LinkedHashSet<>();
        pods.values().stream().filter(p -> here(p) && !isGuarded(p)).findFirst()
                .ifPresent(callers::add);
        pods.values().stream().filter(p -> !here(p) && !isGuarded(p)).findFirst()
                .ifPresent(callers::add);
        for (String range : ranges) {
            Optional<Cidr> parsed = IpAddress.parse(range).map(Cidr::host)
                    .or(() -> Cidr.parse(range));
            parsed.ifPresent(cidr -> pods.forEach((ip, pod) -> {
                if (!isGuarded(pod) && Addresses.parse(ip).filter(cidr::contains).isPresent()
                        && callers.stream().noneMatch(c -> here(c) == here(pod)
                                && address(c, cidr).filter(cidr::contains).isPresent())) {
                    callers.add(pod);
                }
            }));
        }
        return List.copyOf(callers);
    }

    private static Optional<IpAddress> address(Pod pod, Cidr like) {
        return address(pod, like.base());
    }

    private static Optional<IpAddress> address(Pod pod, IpAddress like) {
        return pod.status().podIPs().stream().flatMap(ip -> Addresses.parse(ip).stream())
                .filter(ip -> ip.family() == like.family()).findFirst();
    }

    private boolean here(Pod pod) {
        return pod.spec().nodeName().equals(node);
    }

    /** A policy may forbid it, and whoever enforces it does so by such rules. */
    private boolean isGuarded(Pod pod) {
        return scenario.policies().stream().anyMatch(policy -> policy.selects(pod));
    }

    private void slice(Service service, EndpointSlice slice, List<Pod> callers) {
        for (Endpoint endpoint : slice.endpoints()) {
            if (!endpoint.isReady()) {
                continue;
            }
            for (String text : endpoint.addresses()) {
                IpAddress address = Addresses.parse(text).orElse(null);
                Pod pod = pods.get(text);
                if (address == null || pod != null && isGuarded(pod)) {
                    continue;
                }
                for (EndpointPort port : slice.ports()) {
                    service.spec().ports().stream()
                            .filter(p -> p.name().equals(port.name()) && port.port() != null
                                    && p.protocol().equals(port.protocol()))
                            .forEach(p -> new Calls(service, p, address,
                                    Objects.requireNonNull(port.port()),
                                    pod != null && here(pod)).add(callers));
                }
            }
        }
    }

    /** Calls of one Service port that one endpoint answers. */
    private final class Calls {

        private final ServicePort port;
        private final L4Protocol protocol;
        private final IpAddress endpoint;
        private final int target;
        private final boolean local;
        private final String name;
        private final Service service;
        private final Optional<IpAddress> door;

        Calls(Service service, ServicePort port, IpAddress endpoint, int target, boolean local) {
            this.service = service;
            this.port = port;
            this.protocol = port.l4Protocol();
            this.endpoint = endpoint;
            this.target = target;
            this.local = local;
            this.name = Names.qualified(service.metadata().namespace(),
                    service.metadata().name());
            this.door = service.spec().clusterAddresses().stream()
                    .filter(ip -> ip.family() == endpoint.family()).findFirst();
        }

        void add(List<Pod> callers) {
            for (Pod caller : callers) {
                address(caller, endpoint).filter(ip -> !ip.equals(endpoint))
                        .ifPresent(ip -> pod(ip, here(caller)));
            }
            own.stream().filter(ip -> ip.family() == endpoint.family()).findFirst()
                    .ifPresent(this::nodeItself);
            if (local && port.nodePort() != 0 && service.spec().isExternallyAccessible()) {
                OUTSIDE.stream().filter(ip -> ip.family() == endpoint.family())
                        .forEach(this::outside);
            }
        }

        private void pod(IpAddress from, boolean near) {
            boolean host = own.contains(endpoint);
            if (near && door.isPresent()) {
                calls(Hook.PREROUTING, from, door.get(), port.port());
                if (mode == ProxyMode.IPVS) {
                    calls(Hook.INPUT, from, door.get(), port.port());
                }
            }
            if (local || host) {
                passes(Hook.PREROUTING, from, false, 0);
            }
            if (host) {
                passes(Hook.INPUT, from, false, 0);
                answers(Hook.OUTPUT, from);
            } else if (near || local) {
                boolean virtual = near && mode == ProxyMode.IPVS && door.isPresent();
                passes(virtual ? Hook.OUTPUT : Hook.FORWARD, from, false, 0);
                answers(Hook.PREROUTING, from);
                answers(Hook.FORWARD, from);
                passes(Hook.POSTROUTING, from, false, 0);
            }
        }

        private void nodeItself(IpAddress from) {
            if (own.contains(endpoint)) {
                return;
            }
            door.ifPresent(ip -> calls(Hook.OUTPUT, from, ip, port.port()));
            passes(Hook.OUTPUT, from, true, 0);
            answers(Hook.PREROUTING, from);
            answers(Hook.INPUT, from);
        }

        private void outside(IpAddress from) {
            own.stream().filter(ip -> ip.family() == endpoint.family()).findFirst().ifPresent(
                    ip -> calls(Hook.PREROUTING, from, ip, port.nodePort()));
            if (mode != ProxyMode.IPVS) {
                passes(Hook.FORWARD, from, false,
                        service.spec().isExternalLocal() ? 0 : MARK);
                answers(Hook.FORWARD, from);
            }
        }

        private void calls(Hook hook, IpAddress from, IpAddress to, int at) {
            probes.add(new ProbePacket(hook, from, to, protocol, CLIENT_PORT, at, false, 0, "", "",
                    own.contains(to) || mode == ProxyMode.IPVS, own.contains(from), true, name));
        }

        private void passes(Hook hook, IpAddress from, boolean fromNode, int mark) {
            probes.add(new ProbePacket(hook, from, endpoint, protocol, CLIENT_PORT, target, false,
                    mark,
                    "", "", own.contains(endpoint), fromNode, false, name));
        }

        private void answers(Hook hook, IpAddress to) {
            probes.add(
                    new ProbePacket(hook, endpoint, to, protocol, target, CLIENT_PORT, true, 0, "",
                            "", own.contains(to), own.contains(endpoint), false, name));
        }
    }
}
