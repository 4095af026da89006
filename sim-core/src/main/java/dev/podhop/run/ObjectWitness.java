package dev.podhop.run;

import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.Header;
import dev.podhop.run.diagnosis.Finding;
import dev.podhop.run.diagnosis.WhyNoEndpoint;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.ServerSpec;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Place;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at the objects of a running cluster: Services, slices, pods, and what was done to them. */
final class ObjectWitness implements Witness {

    private final LoadedScenario scenario;
    private final Stage stage;
    private final WhyNoEndpoint endpoints;
    private final Happenings happenings;
    /** What was found while the API server has held {@link #version}. */
    private final Map<String, Optional<Finding>> found = new HashMap<>();
    private final Map<Served, Optional<ServedBy>> served = new HashMap<>();
    private long version = -1;

    /** An address and port of a protocol. */
    private record Served(Endpoint endpoint, L4Protocol protocol) {}

    ObjectWitness(LoadedScenario scenario, Stage stage) {
        this.scenario = scenario;
        this.stage = stage;
        this.endpoints = new WhyNoEndpoint(stage.controlPlane().store());
        this.happenings = new Happenings(scenario, stage.controlPlane());
    }

    @Override
    public Testimony about(Hop hop) {
        long now = stage.controlPlane().store().resourceVersion();
        if (now != version) {
            version = now;
            found.clear();
            served.clear();
        }
        return switch (hop.terminal()) {
            case Step.Rejected rejected -> refused(hop, rejected.header());
            case Step.Dropped dropped -> switch (dropped.reason()) {
                case NETFILTER_DROP -> refused(hop, dropped.header());
                case LB_NO_LISTENER, LB_NO_HEALTHY_BACKEND -> balancer(hop, dropped.header());
                case NO_SOCKET -> unheard(hop, dropped.header());
                case NEIGH_FAILED, LINK_DOWN, LINK_LOSS -> gone(hop, dropped.header());
                case IP_INNOROUTES, IP_OUTNOROUTES -> unrouted(dropped.header());
                default -> Testimony.NONE;
            };
            case Step.Delivered delivered -> taken(hop, delivered.header());
            default -> Testimony.NONE;
        };
    }

    /** Whether the server that took it wants a PROXY protocol header, and whoever sends it not. */
    private Testimony taken(Hop hop, Header header) {
        Optional<Pod> pod = podAt(hop.place());
        boolean wanted = pod.isPresent() && scenario.spec().servers().stream()
                .filter(s -> LabelSelector.containsAll(pod.get().metadata().labels(), s.pods()))
                .findFirst().filter(ServerSpec::proxyProtocol).isPresent();
        Optional<ServedBy> by = servedBy(destination(header), header);
        boolean sent = by.isPresent() && scenario.spec().loadBalancer()
                .of(by.get().service.metadata().namespace(),
                        by.get().service.metadata().name())
                .settings().proxyProtocol();
        return pod.isEmpty() || !wanted && !sent ? Testimony.NONE
                : new Testimony(null, null, true,
                        List.of((wanted ? RunReason.NO_PROXY_HEADER
                                : RunReason.STRANGE_PROXY_HEADER).with("target",
                                        header.destination().withPort(header.destinationPort()),
                                        "pod", hop.place().label())));
    }

    private Optional<Called> called(Header header) {
        return Called.of(destination(header), header.protocol(), stage);
    }

    private static Endpoint destination(Header header) {
        return new Endpoint(header.destination(), header.destinationPort());
    }

    /** kube-proxy's rules refused or dropped it. */
    private Testimony refused(Hop hop, Header header) {
        Optional<Called> called = called(header);
        if (called.isEmpty()) {
            return Testimony.NONE;
        }
        Service service = called.get().service();
        String rule = Way.rule(hop).map(Explanation::code).orElse("");
        Optional<Finding> finding = none(called.get(), header.destination());
        if (finding.isEmpty() && rule.equals(Way.DROP_LOCAL_POLICY)) {
            String policy = Way.rule(hop).map(why -> why.arguments().get("policy")).orElse("");
            finding = Optional.of(endpoints.local(service, policy));
        }
        if (finding.isEmpty() && rule.equals(Way.REJECT_NO_ENDPOINTS)) {
            finding = Optional.of(endpoints.notWrittenYet(service, hop.place().label()));
        }
        return new Testimony(name(service), finding.orElse(null), true,
                happenings.ofKubeProxy(hop.place().node(), hop.timeNanos()));
    }

    /** Why the port called has no endpoint. */
    private Optional<Finding> none(Called called, IpAddress address) {
        return found.computeIfAbsent(called.service().key() + " " + called.port() + " "
                + address.family(),
                key -> endpoints.of(called.service(), called.port(), address.family()));
    }

    /** The load balancer had nobody to hand it to. */
    private Testimony balancer(Hop hop, Header header) {
        Optional<Called> called = called(header);
        if (called.isEmpty()) {
            return unrouted(header);
        }
        Service service = called.get().service();
        String namespace = service.metadata().namespace();
        Optional<Finding> finding = none(called.get(), header.destination());
        List<Explanation> facts = new ArrayList<>();
        String objection = stage.controlPlane().objection(
                namespace + "/" + service.metadata().name());
        Backends backends = scenario.spec().loadBalancer()
                .of(namespace, service.metadata().name()).settings().backends();
        if (!objection.isEmpty()) {
            facts.add(RunReason.OBJECTION.with("service", name(service), "why", objection));
        }
        if (backends == Backends.NODE_PORT && called.get().port().nodePort() == 0) {
            facts.add(RunReason.NO_NODE_PORT.with("service", name(service)));
        }
        facts.addAll(happenings.ofBalancer(service, hop.timeNanos()));
        return new Testimony(name(service), finding.orElse(null), true, facts);
    }

    /** Nothing listens where it arrived. */
    private Testimony unheard(Hop hop, Header header) {
        Optional<Pod> pod = podAt(hop.place());
        Optional<ServedBy> by = servedBy(destination(header), header);
        List<Explanation> facts = pod.map(p -> happenings.ofPod(p, hop.timeNanos()))
                .orElse(List.of());
        boolean declared = pod.isPresent() && pod.get().spec().containers().stream()
                .flatMap(c -> c.ports().stream())
                .anyMatch(p -> p.containerPort() == header.destinationPort());
        if (pod.isEmpty() || by.isEmpty() || declared) {
            return new Testimony(by.map(s -> name(s.service)).orElse(null), null,
                    by.isPresent(), facts);
        }
        return new Testimony(name(by.get().service), endpoints.notListening(
                by.get().service, by.get().port, pod.get(), header.destinationPort()),
                true, facts);
    }

    /** Nobody answers any more where it was to go, or a link is down. */
    private Testimony gone(Hop hop, Header header) {
        Optional<ServedBy> by = servedBy(destination(header), header);
        return new Testimony(by.map(s -> name(s.service)).orElse(null),
                endpoints.notInFile(header.destination().toString()).orElse(null),
                by.isPresent(), happenings.ofAddress(header.destination(),
                        hop.timeNanos()));
    }

    /** A Service's address that no rule translates, as it has no such port. */
    private Testimony unrouted(Header header) {
        String asked = header.destinationPort() + "/" + header.protocol();
        for (Service service : stage.controlPlane().services()) {
            boolean own = service.spec().clusterAddresses().contains(header.destination())
                    || stage.controlPlane().vips(service).contains(header.destination());
            if (own) {
                String ports = service.spec().ports().stream()
                        .map(p -> p.port() + "/" + p.protocol()).collect(Collectors.joining(", "));
                return new Testimony(name(service), null, true,
                        List.of(RunReason.NOT_A_PORT.with("address",
                                header.destination().toString(), "service", name(service), "port",
                                asked, "ports", ports)));
            }
        }
        return Testimony.NONE;
    }

    private Optional<Pod> podAt(Place place) {
        return place.kind() != Place.Kind.POD ? Optional.empty()
                : stage.controlPlane().pods().stream().filter(pod -> Names
                        .qualified(pod.metadata().namespace(), pod.metadata().name())
                        .equals(place.name())).findFirst();
    }

    /** The Service port that an endpoint is one of. */
    private record ServedBy(Service service, ServicePort port) {}

    private Optional<ServedBy> servedBy(Endpoint endpoint, Header header) {
        return served.computeIfAbsent(new Served(endpoint, header.protocol()), this::servedBy);
    }

    private Optional<ServedBy> servedBy(Served asked) {
        Endpoint endpoint = asked.endpoint;
        for (EndpointSlice slice : stage.controlPlane().store().list(EndpointSlice.class)) {
            for (EndpointPort port : slice.ports()) {
                boolean same = Objects.equals(port.port(), endpoint.port())
                        && port.protocol().equals(asked.protocol.name())
                        && slice.endpoints().stream().anyMatch(
                                e -> e.addresses().contains(endpoint.address().toString()));
                if (same) {
                    Optional<ServedBy> found = stage.controlPlane().services().stream()
                            .filter(s -> s.metadata().name().equals(slice.serviceName())
                                    && s.metadata().namespace()
                                            .equals(slice.metadata().namespace()))
                            .flatMap(s -> s.spec().ports().stream()
                                    .filter(p -> p.name().equals(port.name()))
                                    .map(p -> new ServedBy(s, p)))
                            .findFirst();
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String name(Service service) {
        return Names.qualified(service.metadata().namespace(), service.metadata().name());
    }
}
