package dev.podhop.run.diagnosis;

import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.LabelSelector;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.IpFamily;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Follows a Service from its selector to its slices, and says where its endpoints are lost. */
public final class WhyNoEndpoint {

    private final ApiStore store;

    /** What the API server holds at the moment that is asked about. */
    public WhyNoEndpoint(ApiStore store) {
        this.store = store;
    }

    /** Why a port has no usable endpoint of a family; empty where it has one. */
    public Optional<Finding> of(Service service, ServicePort port, IpFamily family) {
        List<EndpointSlice> slices = slices(service).stream()
                .filter(slice -> slice.addressType().equals(family.name())).toList();
        if (slices.stream().anyMatch(slice -> hasPort(slice, port)
                && slice.endpoints().stream().anyMatch(WhyNoEndpoint::isUsable))) {
            return Optional.empty();
        }
        if (service.spec().selector().isEmpty()) {
            return Optional.of(byHand(service, port, slices));
        }
        List<Pod> pods = selected(service);
        if (pods.isEmpty()) {
            return Optional.of(new UnselectedPods(store, service).finding());
        }
        return Optional.of(new UnusablePods(store, service, port, family).finding(pods));
    }

    /**
     * What is wrong with a port that has usable endpoints all the same: pods that its Service
     * selects and that never get a call of it.
     */
    public Optional<Finding> someLeftOut(Service service, ServicePort port, IpFamily family) {
        return service.spec().selector().isEmpty() ? Optional.empty()
                : new UnusablePods(store, service, port, family).withoutPort(selected(service));
    }

    /**
     * A number that some of a Service's pods do not listen on. containerPorts only inform: a number
     * that none of them declares is taken to be listened on by all.
     *
     * @param servers what the file says of processes; where it says their ports, that holds
     */
    public Optional<Finding> wrongNumber(Service service, ServicePort port,
            List<ServerSpec> servers) {
        int number = port.targetPort().number();
        if (port.targetPort().text() != null || service.spec().selector().isEmpty()) {
            return Optional.empty();
        }
        List<Pod> pods = selected(service).stream().filter(pod -> !pod.isFinished()).toList();
        boolean told = pods.stream()
                .anyMatch(pod -> UnusablePods.declares(pod, port.protocol(), number));
        return pods.stream().filter(pod -> {
            List<Integer> stated = servers.stream()
                    .filter(s -> LabelSelector.containsAll(pod.metadata().labels(), s.pods()))
                    .findFirst().map(ServerSpec::ports).orElse(List.of());
            return stated.isEmpty()
                    ? told && UnusablePods.declaresOthers(pod, port.protocol(), number)
                    : !stated.contains(number);
        }).findFirst().map(pod -> notListening(service, port, pod, number));
    }

    /** A number that a Service's pods do not declare, though they declare others. */
    public Optional<Finding> undeclaredNumber(Service service, ServicePort port) {
        int number = port.targetPort().number();
        if (port.targetPort().text() != null || service.spec().selector().isEmpty()) {
            return Optional.empty();
        }
        return selected(service).stream().filter(pod -> !pod.isFinished())
                .filter(pod -> UnusablePods.declaresOthers(pod, port.protocol(), number))
                .findFirst().map(pod -> notListening(service, port, pod, number));
    }

    private List<Pod> selected(Service service) {
        return store.list(Pod.class).stream()
                .filter(pod -> pod.metadata().namespace().equals(service.metadata().namespace())
                        && LabelSelector.containsAll(pod.metadata().labels(),
                                service.spec().selector()))
                .toList();
    }

    List<EndpointSlice> slices(Service service) {
        return store.list(EndpointSlice.class).stream()
                .filter(slice -> slice.metadata().namespace()
                        .equals(service.metadata().namespace())
                        && slice.serviceName().equals(service.metadata().name()))
                .toList();
    }

    /** Whether kube-proxy would use it, as a last resort too. */
    static boolean isUsable(Endpoint endpoint) {
        return endpoint.isReady() || endpoint.isServing() && endpoint.isTerminating();
    }

    private static boolean hasPort(EndpointSlice slice, ServicePort port) {
        return slice.ports().stream().anyMatch(p -> p.name().equals(port.name())
                && p.protocol().equals(port.protocol()));
    }

    /** Nobody keeps the slices of a Service without selector but whoever wrote them. */
    private static Finding byHand(Service service, ServicePort port, List<EndpointSlice> slices) {
        String name = Said.service(service);
        List<EndpointSlice> filled = slices.stream().filter(s -> !s.endpoints().isEmpty()).toList();
        if (slices.isEmpty()) {
            return Finding.of(EndpointReason.SELECTORLESS.of(name,
                    Said.where(service, FieldPath.of("spec"))));
        }
        if (filled.isEmpty()) {
            return Finding.of(EndpointReason.SLICE_EMPTY.of(name, named(slices)));
        }
        if (filled.stream().anyMatch(slice -> hasPort(slice, port))) {
            return Finding.of(EndpointReason.SLICE_UNREADY.of(name, named(filled)));
        }
        EndpointSlice slice = filled.getFirst();
        int index = service.spec().ports().indexOf(port);
        List<String> settings = new ArrayList<>();
        if (slice.ports().size() == 1 && service.spec().ports().size() == 1) {
            settings.add(Said.name(slice) + ".ports[0].name=" + quoted(port.name()));
        }
        String names = slice.ports().stream().map(EndpointPort::name).map(WhyNoEndpoint::quoted)
                .collect(Collectors.joining(", "));
        return new Finding(EndpointReason.SLICE_PORT.of(name, quoted(port.name()),
                Said.where(service, FieldPath.of("spec", "ports").index(Math.max(0, index))),
                Said.name(slice), Said.where(slice, FieldPath.of("ports")), names),
                settings.isEmpty() ? null
                        : new Finding.Edit(EndpointReason.FIX_SLICE_PORT.of(Said.name(slice),
                                quoted(port.name())), settings));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }

    private static String named(List<EndpointSlice> slices) {
        return slices.stream().map(Said::name).collect(Collectors.joining(", "));
    }

    /**
     * Why a node has none under the Local policy, where there are endpoints elsewhere.
     *
     * @param policy internal or external
     */
    public Finding local(Service service, String policy) {
        TreeSet<String> nodes = slices(service).stream().flatMap(s -> s.endpoints().stream())
                .filter(WhyNoEndpoint::isUsable).map(Endpoint::nodeName)
                .filter(name -> name != null && !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        String field = policy + "TrafficPolicy";
        String where = Said.where(service, FieldPath.of("spec", field));
        return Finding.of(nodes.isEmpty()
                ? EndpointReason.LOCAL_NOBODY.of(Said.service(service), field, where)
                : EndpointReason.LOCAL.of(Said.service(service), field,
                        String.join(", ", nodes), where));
    }

    /** That a pod does not listen on the number that calls of a Service's port reach it at. */
    public Finding notListening(Service service, ServicePort port, Pod pod, int number) {
        return new UnusablePods(store, service, port, IpFamily.IPv4).number(pod, number,
                selected(service));
    }

    /** That kube-proxy's rules on a node are behind what the API server holds. */
    public Finding notWrittenYet(Service service, String place) {
        return Finding.of(EndpointReason.NOT_WRITTEN_YET.of(Said.service(service), place));
    }

    /** That all endpoints of a Service are pods that the file does not have. */
    public Optional<Finding> allAbsent(Service service) {
        List<Endpoint> endpoints = slices(service).stream().flatMap(s -> s.endpoints().stream())
                .filter(WhyNoEndpoint::isUsable).toList();
        List<Finding> absent = endpoints.stream().filter(e -> e.targetRef() != null)
                .flatMap(e -> e.addresses().stream()).flatMap(a -> notInFile(a).stream()).toList();
        return absent.size() == endpoints.size() ? absent.stream().findFirst() : Optional.empty();
    }

    /**
     * That an endpoint's address is of a pod that the file does not have, which says nothing of
     * whether it is alive; empty where the pod is there, or no slice has the address.
     */
    public Optional<Finding> notInFile(String address) {
        if (store.list(Pod.class).stream()
                .anyMatch(pod -> pod.status().podIPs().contains(address))) {
            return Optional.empty();
        }
        for (EndpointSlice slice : store.list(EndpointSlice.class)) {
            for (Endpoint endpoint : slice.endpoints()) {
                if (endpoint.addresses().contains(address)) {
                    String pod = endpoint.targetRef() == null ? address
                            : "pod/" + endpoint.targetRef().name();
                    return Optional.of(Finding.of(EndpointReason.NOT_IN_FILE
                            .of(Names.qualified(slice.metadata().namespace(),
                                    slice.serviceName()), pod, Said.name(slice))));
                }
            }
        }
        return Optional.empty();
    }
}
