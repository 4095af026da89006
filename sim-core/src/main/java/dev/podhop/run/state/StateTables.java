package dev.podhop.run.state;

import dev.podhop.cloud.LoadBalancerKey;
import dev.podhop.cloud.LoadBalancerProfile;
import dev.podhop.cloud.Provenance;
import dev.podhop.cluster.ClusterObjects;
import dev.podhop.cluster.Labels;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ObjectReference;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.run.result.WiringGraph;
import dev.podhop.run.stage.ControlPlane;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.load.AnnotatedBalancers;
import dev.podhop.trace.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a cluster has beside the columns of {@code kubectl get}. */
final class StateTables {

    private static final String NONE = "<none>";

    private StateTables() {}

    /** An endpoint a row: what no column of kubectl has. */
    static Table endpointDetails(ClusterObjects objects) {
        List<List<String>> rows = new ArrayList<>();
        for (EndpointSlice slice : objects.slices()) {
            String ports = slice.ports().stream().map(StateTables::port)
                    .collect(Collectors.joining(","));
            for (Endpoint endpoint : slice.endpoints()) {
                rows.add(List.of(slice.metadata().namespace(), slice.serviceName(),
                        slice.metadata().name(), String.join(",", endpoint.addresses()),
                        ports.isEmpty() ? NONE : ports, condition(endpoint),
                        orNone(endpoint.nodeName()), orNone(endpoint.zone()),
                        hints(endpoint), reference(endpoint.targetRef())));
            }
        }
        return new Table(List.of("NAMESPACE", "SERVICE", "SLICE", "ADDRESS", "PORTS", "CONDITION",
                "NODE", "ZONE", "HINTS", "TARGET"), rows);
    }

    /** A wire a row, with whom its loss parts from most others. */
    static Table topology(WiringGraph graph) {
        List<List<String>> rows = graph.wires().stream().map(wire -> List.of(wire.a().label(),
                wire.deviceA(), wire.b().label(), wire.deviceB(), labels(graph.partedBy(wire))))
                .toList();
        return new Table(List.of("PLACE", "DEVICE", "PEER", "DEVICE", "PARTS"), rows);
    }

    private static String labels(List<Place> places) {
        return places.isEmpty() ? NONE
                : places.stream().map(Place::label).collect(Collectors.joining(","));
    }

    private static String port(EndpointPort port) {
        String number = port.port() == null ? "*" : String.valueOf(port.port());
        return (port.name().isEmpty() ? "" : port.name() + ":") + number + "/" + port.protocol();
    }

    private static String condition(Endpoint endpoint) {
        String ready = endpoint.isReady() ? "ready"
                : endpoint.isServing() ? "serving"
                : "unready";
        return endpoint.isTerminating() ? ready + ",terminating" : ready;
    }

    private static String hints(Endpoint endpoint) {
        List<String> hints = new ArrayList<>(endpoint.hintedZones());
        hints.addAll(endpoint.hintedNodes());
        return hints.isEmpty() ? NONE : String.join(",", hints);
    }

    private static String reference(@Nullable ObjectReference target) {
        return target == null ? NONE
                : target.kind().toLowerCase(Locale.ROOT) + "/"
                        + target.name();
    }

    /** Of a Service whose doors are nodes, only that they are. */
    static Table settings(ControlPlane controlPlane, LoadBalancerSpec spec) {
        AnnotatedBalancers balancers = new AnnotatedBalancers(spec);
        List<List<String>> rows = new ArrayList<>();
        for (Service service : controlPlane.objects().services()) {
            if (service.spec().isType(ServiceSpec.LOAD_BALANCER)) {
                boolean doors = controlPlane.held(service) == null
                        && !controlPlane.vips(service).isEmpty();
                String name = Labels.loadBalancer(service.metadata());
                LoadBalancerProfile profile = balancers.of(service, LoadBalancerSpec.EVERY_PORT);
                for (LoadBalancerKey key : doors ? List.of(LoadBalancerKey.NODE_ADDRESS)
                        : List.of(LoadBalancerKey.values())) {
                    Provenance from = Objects.requireNonNull(profile.provenance().get(key));
                    rows.add(List.of(name, profile.name(), key.toString(),
                            key.text(profile.settings()), from.mark().toString(),
                            orNone(from.source())));
                }
            }
        }
        return new Table(List.of("LOAD-BALANCER", "PROFILE", "SETTING", "VALUE", "MARK", "SOURCE"),
                rows);
    }

    private static String orNone(@Nullable String text) {
        return text == null || text.isEmpty() ? NONE : text;
    }
}
