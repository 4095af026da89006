package dev.podhop.run.diagnosis;

import dev.podhop.cloud.LoadBalancerReason;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.packet.Header;
import dev.podhop.packet.TcpFlags;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.stage.Stage;
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
public final class ObjectWitness implements Witness {

    /** {@code tcp_timeouts} of {@code ip_vs_proto_tcp.c}. */
    private static final int IPVS_ESTABLISHED_SECONDS = 900;

    private final LoadedScenario scenario;
    private final Stage stage;
    private final WhyNoEndpoint endpoints;
    private final Happenings happenings;
    /** What was found while the API server has held {@link #version}. */
    private final Map<String, Optional<Finding>> found = new HashMap<>();
    private final Map<Served, Optional<ServedBy>> served = new HashMap<>();
    private long version = -1;

    /** An address and port of a protocol. */
    private record Served(SocketAddress endpoint, L4Protocol protocol) {}

    public ObjectWitness(LoadedScenario scenario, Stage stage) {
        this.scenario = scenario;
        this.stage = stage;
        this.endpoints = new WhyNoEndpoint(stage.controlPlane().store());
        this.happenings = new Happenings(scenario, stage);
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
                case OTHERHOST -> believed(hop, dropped.header());
                case IP_INNOROUTES, IP_OUTNOROUTES -> unrouted(dropped.header());
                default -> Testimony.NONE;
            };
            case Step.Delivered delivered -> taken(hop, delivered.header());
            default -> Testimony.NONE;
        };
    }

    /** Sent to where an address was, though nobody has it any more. */
    private Testimony believed(Hop hop, Header header) {
        if (nobodys(header.destination()).isEmpty()) {
            return Testimony.NONE;
        }
        Testimony gone = gone(hop, header);
        List<Explanation> facts = new ArrayList<>(gone.facts());
        facts.add(RunReason.NO_AGEING.with());
        return new Testimony(gone.service(), gone.finding(), gone.listed(), facts);
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

    private static SocketAddress destination(Header header) {
        return new SocketAddress(header.destination(), header.destinationPort());
    }

    /** kube-proxy's rules refused or dropped it. */
    private Testimony refused(Hop hop, Header header) {
        Optional<Called> target = called(header);
        if (target.isEmpty()) {
            return ownedBy(header).orElse(Testimony.NONE);
        }
        Service service = target.get().service();
        Explanation rule = HopChain.rule(hop).orElse(Explanation.NONE);
        Optional<Finding> finding = none(target.get(), header.destination());
        if (finding.isEmpty() && rule.is(KubeProxyReason.DROP_LOCAL_POLICY)) {
            finding = Optional.of(endpoints.local(service,
                    rule.arguments().getOrDefault("policy", "")));
        }
        if (finding.isEmpty() && rule.is(KubeProxyReason.REJECT_NO_ENDPOINTS)) {
            finding = Optional.of(endpoints.notWrittenYet(service, hop.place().label()));
        }
        List<Explanation> facts = new ArrayList<>(
                happenings.ofKubeProxy(hop.place().node(), hop.timeNanos()));
        String called = scenario.proxyNames().on(hop.place().node());
        if (rule.is(KubeProxyReason.DROP_LOCAL_POLICY) && !called.equals(hop.place().node())) {
            facts.add(RunReason.OTHER_NAME.with("node", hop.place().node(), "name", called));
        }
        return new Testimony(name(service), finding.orElse(null), true, facts);
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
        if (hop.place().kind() == Place.Kind.NODE) {
            return ofNode(hop, header);
        }
        Optional<Pod> pod = podAt(hop.place());
        Optional<ServedBy> by = servedBy(destination(header), header);
        List<Explanation> facts = new ArrayList<>();
        pod.ifPresent(p -> {
            if (p.isTerminating()) {
                facts.add(RunReason.POD_TERMINATING.with("pod", hop.place().label()));
            } else if (!p.isReady()) {
                facts.add(RunReason.POD_UNREADY.with("pod", hop.place().label()));
            }
            facts.addAll(happenings.ofPod(p, hop.timeNanos()));
        });
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

    /** A node got it at a port that is no process's: a node port whose rules are not there. */
    private Testimony ofNode(Hop hop, Header header) {
        Optional<Called> called = called(header);
        if (called.isPresent()) {
            Service service = called.get().service();
            if (isTranslated(hop)) {
                return new Testimony(name(service), null, true,
                        List.of(RunReason.TRANSLATED_ONCE.with("port",
                                String.valueOf(header.destinationPort()), "service",
                                name(service), "place", hop.place().label())));
            }
            if (scenario.kubeProxy().mode().equals("ipvs")
                    && header.protocol() == L4Protocol.TCP
                    && (header.tcpFlags() & TcpFlags.SYN) == 0) {
                return new Testimony(name(service), null, true, List.of(forgotten(hop, service)));
            }
            return new Testimony(name(service),
                    endpoints.notWrittenYet(service, hop.place().label()), true,
                    happenings.ofKubeProxy(hop.place().node(), hop.timeNanos()));
        }
        String port = String.valueOf(header.destinationPort());
        return Called.byNodePort(header.destinationPort(), header.protocol(), stage)
                .map(service -> new Testimony(name(service), null, true,
                        List.of(RunReason.NODE_PORT_ELSEWHERE.with("port", port, "service",
                                name(service), "address", header.destination().toString(),
                                "mode", scenario.kubeProxy().mode()))))
                .orElseGet(() -> new Testimony(null, null, true,
                        List.of(RunReason.NO_SUCH_NODE_PORT.with("port", port))));
    }

    /** {@code ip_vs_in}: of a connection that it does not know, only a SYN is scheduled. */
    private Explanation forgotten(Hop hop, Service service) {
        long set = scenario.kubeProxy().ipvs().tcpTimeoutNanos() / SimTime.SECOND;
        return RunReason.IPVS_FORGOT.with("place", hop.place().label(), "service", name(service),
                "seconds", String.valueOf(set == 0 ? IPVS_ESTABLISHED_SECONDS : set));
    }

    /** Whether this node has given it another destination: nat is asked once for a connection. */
    private static boolean isTranslated(Hop hop) {
        return hop.steps().stream().anyMatch(step -> step instanceof Step.Nat nat
                && nat.manip() == Step.Nat.Manip.DESTINATION);
    }

    /** Nobody answers any more where it was to go, or a link is down. */
    private Testimony gone(Hop hop, Header header) {
        Optional<ServedBy> by = servedBy(destination(header), header);
        Finding absent = endpoints.notInFile(header.destination().toString()).orElse(null);
        List<Explanation> facts = new ArrayList<>();
        if (absent == null) {
            facts.addAll(nobodys(header.destination()));
        }
        facts.addAll(happenings.ofWay(hop.place(), header.destination(), hop.timeNanos()));
        return new Testimony(by.map(s -> name(s.service)).orElse(null), absent, by.isPresent(),
                facts);
    }

    /** An address that no route leads to: a Service's that no rule translated, or nobody's. */
    private Testimony unrouted(Header header) {
        return ownedBy(header).orElseGet(
                () -> new Testimony(null, null, true, nobodys(header.destination())));
    }

    /** What is wrong with a call of a Service's address that nothing translates. */
    private Optional<Testimony> ownedBy(Header header) {
        String address = header.destination().toString();
        for (Service service : stage.controlPlane().services()) {
            boolean own = service.spec().clusterAddresses().contains(header.destination());
            boolean vip = stage.controlPlane().vips(service).contains(header.destination())
                    || service.ingress().stream().anyMatch(i -> i.ip().equals(address));
            if (own || vip) {
                return Optional.of(new Testimony(name(service), null, true,
                        List.of(untranslated(service, header, own))));
            }
        }
        List<Cidr> ranges = scenario.spec().network().serviceCIDR();
        if (!ranges.isEmpty() && header.destination().equals(ranges.getFirst().address(1))) {
            return Optional.of(new Testimony(null, null, true,
                    List.of(RunReason.NO_API_SERVERS.with("address", address))));
        }
        return Optional.empty();
    }

    private Explanation untranslated(Service service, Header header, boolean own) {
        String address = header.destination().toString();
        boolean known = service.spec().ports().stream()
                .anyMatch(p -> p.port() == header.destinationPort()
                        && p.l4Protocol() == header.protocol());
        if (!known) {
            return RunReason.NOT_A_PORT.with("address", address, "service", name(service), "port",
                    header.destinationPort() + "/" + header.protocol(), "ports",
                    service.spec().ports().stream().map(p -> p.port() + "/" + p.protocol())
                            .collect(Collectors.joining(", ")));
        }
        if (!own && stage.controlPlane().vips(service).contains(header.destination())) {
            return LoadBalancerReason.INTERNAL.of("lb/" + name(service));
        }
        return (own ? RunReason.CLUSTER_IP_ONLY : RunReason.NO_BALANCER).with("address", address,
                "service", name(service));
    }

    /** Said of an address that neither a pod nor a node has just then. */
    private List<Explanation> nobodys(IpAddress address) {
        boolean known = stage.controlPlane().pods().stream()
                .anyMatch(pod -> pod.status().podIPs().contains(address.toString()))
                || stage.cluster().objects().nodes().stream()
                        .anyMatch(node -> node.internalAddresses().contains(address));
        return known ? List.of()
                : List.of(RunReason.NOBODYS.with("address", address.toString()));
    }

    private Optional<Pod> podAt(Place place) {
        return place.kind() != Place.Kind.POD ? Optional.empty()
                : stage.controlPlane().pods().stream().filter(pod -> Names
                        .qualified(pod.metadata().namespace(), pod.metadata().name())
                        .equals(place.name())).findFirst();
    }

    /** The Service port that an endpoint is one of. */
    private record ServedBy(Service service, ServicePort port) {}

    private Optional<ServedBy> servedBy(SocketAddress endpoint, Header header) {
        return served.computeIfAbsent(new Served(endpoint, header.protocol()), this::servedBy);
    }

    private Optional<ServedBy> servedBy(Served asked) {
        SocketAddress endpoint = asked.endpoint;
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
