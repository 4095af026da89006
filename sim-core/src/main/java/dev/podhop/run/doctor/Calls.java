package dev.podhop.run.doctor;

import dev.podhop.cloud.Access;
import dev.podhop.cloud.Instance;
import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a Service that are to be answered. What Kubernetes does not promise is none of them:
 * a ClusterIP or an external IP from outside, a node port behind a load balancer that knows which
 * nodes to ask.
 */
final class Calls {

    private final Surroundings around;
    private final Outsiders outsiders;
    private final Service service;
    private final Callers callers;
    private final List<Caller> inside;
    private final List<Call> calls = new ArrayList<>();

    private Calls(Surroundings around, Outsiders outsiders, Service service) {
        this.around = around;
        this.outsiders = outsiders;
        this.service = service;
        this.callers = new Callers(around, service);
        this.inside = callers.inside();
    }

    static List<Call> of(Surroundings around, Outsiders outsiders, Service service) {
        Calls calls = new Calls(around, outsiders, service);
        if (!service.spec().isType(ServiceSpec.EXTERNAL_NAME)) {
            service.spec().ports().forEach(calls::port);
        }
        return calls.calls;
    }

    private void port(ServicePort port) {
        ServiceSpec spec = service.spec();
        if (spec.isHeadless()) {
            byName(port);
            return;
        }
        for (IpAddress address : spec.clusterAddresses()) {
            FlowTarget target = new FlowTarget.ServiceTarget(service.metadata().namespace(),
                    service.metadata().name(), String.valueOf(port.port()), false);
            inside.forEach(caller -> add(port, Door.CLUSTER_IP, target, address.family(), caller));
        }
        if (isClusterDns() && port.l4Protocol() == L4Protocol.TCP) {
            byName(port);
        }
        if (port.nodePort() != 0) {
            nodePort(port);
        }
        for (String address : spec.externalIPs()) {
            Addresses.parse(address).ifPresent(ip -> inside.forEach(
                    caller -> add(port, Door.EXTERNAL_IP, new FlowTarget.AddressTarget(
                            new SocketAddress(ip, port.port())), ip.family(), caller)));
        }
        if (spec.isType(ServiceSpec.LOAD_BALANCER)) {
            balancer(port);
        }
    }

    /**
     * Its name stands for its endpoints: whoever asks is told their addresses, and nobody
     * translates a headless Service's port; who calls it knows at which the pods listen, as the
     * records of its ports (SRV) say.
     */
    private void byName(ServicePort port) {
        int number = !service.spec().isHeadless() ? port.port()
                : around.slices(service).stream().flatMap(slice -> slice.ports().stream())
                        .filter(p -> p.name().equals(port.name()))
                        .flatMap(p -> Stream.ofNullable(p.port())).findFirst()
                        .orElse(port.port());
        FlowTarget target = new FlowTarget.DnsTarget(service.metadata().name() + "."
                + service.metadata().namespace() + ".svc."
                + around.scenario().spec().network().clusterDomain() + ".", number);
        inside.stream().filter(caller -> caller.role().isPod()).filter(around::asksClusterDns)
                .min(Comparator.comparing(Caller::isSystem))
                .ifPresent(caller -> add(port, Door.NAME, target, null, caller));
    }

    /** The cluster's DNS is called by a name: whatever else needs one fares alike. */
    private boolean isClusterDns() {
        return service.metadata().name().equals("kube-dns") && Surroundings.isSystem(service);
    }

    private void nodePort(ServicePort port) {
        boolean balanced = service.spec().isType(ServiceSpec.LOAD_BALANCER);
        for (Node door : callers.doors()) {
            String name = door.metadata().name();
            if (service.spec().isExternalLocal() && balanced && !callers.hasEndpointOn(name)) {
                continue; // that is how its load balancer learns whom to ask
            }
            for (IpFamily family : families(door)) {
                FlowTarget target = new FlowTarget.NodeTarget(name, port.nodePort());
                outsiders.network(family).ifPresent(host -> add(port, Door.NODE_PORT, target,
                        family, new Caller(CallerRole.NETWORK, host, "")));
                if (!balanced) {
                    inside.stream().filter(c -> !c.node().equals(name))
                            .filter(c -> c.role() == CallerRole.ELSEWHERE
                                    || c.role() == CallerRole.BESIDE)
                            .limit(1)
                            .forEach(c -> add(port, Door.NODE_PORT, target, family, c));
                }
            }
        }
    }

    private List<IpFamily> families(Node node) {
        return service.spec().ipFamilies().stream().map(IpFamily::valueOf)
                .filter(family -> node.internalAddresses().stream()
                        .anyMatch(a -> a.family() == family))
                .toList();
    }

    private void balancer(ServicePort port) {
        List<IpAddress> vips = around.stage().controlPlane().vips(service);
        FlowTarget target = new FlowTarget.ServiceTarget(service.metadata().namespace(),
                service.metadata().name(), String.valueOf(port.port()), true);
        for (IpFamily family : IpFamily.values()) {
            if (vips.stream().anyMatch(vip -> vip.family() == family)) {
                outside(family).filter(c -> isLetIn(c, family))
                        .ifPresent(caller -> add(port, Door.LOAD_BALANCER, target, family,
                                caller));
                inside.forEach(c -> add(port, Door.LOAD_BALANCER, target, family, c));
            }
        }
    }

    /** Whoever the load balancer is for. */
    private Optional<Caller> outside(IpFamily family) {
        Instance held = around.stage().controlPlane().held(service);
        boolean secluded = around.scenario().spec().loadBalancer()
                .of(service.metadata().namespace(), service.metadata().name()).settings()
                .secluded()
                || held != null && held.access().kind() == Access.Kind.INTERNAL
                || around.stage().controlPlane().vips(service).stream()
                        .allMatch(IpAddress::isPrivate);
        Optional<Source> host = secluded ? outsiders.network(family) : outsiders.internet(family);
        return host.map(source -> new Caller(secluded ? CallerRole.NETWORK : CallerRole.INTERNET,
                source, ""));
    }

    /** Whom the Service does not name is kept out, and that is what it says. */
    private boolean isLetIn(Caller caller, IpFamily family) {
        List<String> ranges = service.spec().loadBalancerSourceRanges();
        return ranges.isEmpty() || outsiders.address(caller.source(), family)
                .filter(ip -> ranges.stream().flatMap(r -> Addresses.parseCidr(r.strip()).stream())
                        .anyMatch(range -> range.contains(ip)))
                .isPresent();
    }

    private void add(ServicePort port, Door door, FlowTarget target,
            @Nullable IpFamily family, Caller caller) {
        calls.add(new Call(service, port, door, target, family, caller));
    }
}
