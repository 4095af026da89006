package dev.podhop.run.state;

import dev.podhop.cluster.ClusterObjects;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Objects in the columns of {@code kubectl get} ({@code pkg/printers/internalversion/printers.go}),
 * each behind its namespace, in the order of the API server's keys. A file has no clock: what an
 * object's age would be measured by is unknown.
 */
final class KubectlTables {

    static final String NONE = "<none>";
    private static final String UNSET = "<unset>";
    private static final String PENDING = "<pending>";
    static final String AGE = "<unknown>";
    /** {@code loadBalancerWidth}: what is wider is cut, but with {@code -o wide}. */
    private static final int WIDTH = 16;
    private static final String CUT = "...";
    private static final int MOST = 3;

    private KubectlTables() {}

    static Table services(ClusterObjects objects, boolean wide) {
        List<String> columns = new ArrayList<>(List.of("NAMESPACE", "NAME", "TYPE", "CLUSTER-IP",
                "EXTERNAL-IP", "PORT(S)", "AGE"));
        if (wide) {
            columns.add("SELECTOR");
        }
        return new Table(columns, sorted(objects.services()).map(service -> {
            ServiceSpec spec = service.spec();
            List<String> row = new ArrayList<>(List.of(service.metadata().namespace(),
                    service.metadata().name(), spec.type(), orNone(spec.clusterIP()),
                    external(service, wide), ports(spec), AGE));
            if (wide) {
                row.add(pairs(spec.selector()));
            }
            return row;
        }).toList());
    }

    static <T extends ApiObject> Stream<T> sorted(List<T> objects) {
        return objects.stream().sorted(
                Comparator.comparing((T object) -> object.metadata().namespace())
                        .thenComparing(object -> object.metadata().name()));
    }

    /** {@code getServiceExternalIP}. */
    private static String external(Service service, boolean wide) {
        ServiceSpec spec = service.spec();
        if (spec.isType(ServiceSpec.EXTERNAL_NAME)) {
            return spec.externalName();
        }
        List<String> all = new ArrayList<>();
        if (spec.isType(ServiceSpec.LOAD_BALANCER)) {
            String doors = String.join(",", service.ingress().stream()
                    .map(KubectlTables::door).collect(Collectors.toCollection(TreeSet::new)));
            all.addAll(doors.isEmpty() ? List.of() : List.of(cut(doors, wide)));
        }
        all.addAll(spec.externalIPs());
        return !all.isEmpty() ? String.join(",", all)
                : spec.isType(ServiceSpec.LOAD_BALANCER) ? PENDING
                : NONE;
    }

    static String door(LoadBalancerIngress ingress) {
        return ingress.ip().isEmpty() ? ingress.hostname() : ingress.ip();
    }

    private static String cut(String text, boolean wide) {
        return wide || text.length() <= WIDTH ? text
                : text.substring(0, WIDTH - CUT.length()) + CUT;
    }

    private static String ports(ServiceSpec spec) {
        return orNone(spec.ports().stream().map(KubectlTables::port)
                .collect(Collectors.joining(",")));
    }

    private static String port(ServicePort port) {
        return port.port() + (port.nodePort() == 0 ? "" : ":" + port.nodePort()) + "/"
                + port.protocol();
    }

    /** {@code labels.FormatLabels}. */
    static String pairs(Map<String, String> labels) {
        return orNone(new TreeMap<>(labels).entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining(",")));
    }

    /** What the endpoints controller keeps beside the slices: the primary family's, ready ones. */
    static Table endpoints(ClusterObjects objects) {
        List<List<String>> rows = new ArrayList<>();
        for (Service service : sorted(objects.services()).toList()) {
            List<EndpointSlice> slices = slices(objects, service);
            if (!slices.isEmpty() || !service.spec().selector().isEmpty()) {
                String found = endpoints(slices, port -> true);
                rows.add(List.of(service.metadata().namespace(), service.metadata().name(),
                        orNone(found), AGE));
            }
        }
        return new Table(List.of("NAMESPACE", "NAME", "ENDPOINTS", "AGE"), rows);
    }

    /** A Service's slices of its primary family. */
    static List<EndpointSlice> slices(ClusterObjects objects, Service service) {
        List<String> families = service.spec().ipFamilies();
        return sorted(objects.slices())
                .filter(slice -> slice.metadata().namespace()
                        .equals(service.metadata().namespace())
                        && slice.serviceName().equals(service.metadata().name())
                        && (families.isEmpty() || families.getFirst().equals(slice.addressType())))
                .toList();
    }

    /** {@code formatEndpointSlices} and {@code formatEndpoints}: the first three of the ready. */
    static String endpoints(List<EndpointSlice> slices, Predicate<EndpointPort> wanted) {
        List<String> all = new ArrayList<>();
        for (EndpointSlice slice : slices) {
            List<String> ready = slice.endpoints().stream().filter(Endpoint::isReady)
                    .map(endpoint -> endpoint.addresses().getFirst()).toList();
            if (slice.ports().isEmpty()) {
                all.addAll(ready);
            }
            for (EndpointPort port : slice.ports()) {
                if (wanted.test(port)) {
                    ready.forEach(address -> all.add(joined(address, port)));
                }
            }
        }
        return some(all);
    }

    private static String joined(String address, EndpointPort port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":"
                + (port.port() == null ? 0 : port.port());
    }

    /** {@code listWithMoreString}. */
    private static String some(List<String> all) {
        return all.size() <= MOST ? String.join(",", all)
                : String.join(",", all.subList(0, MOST)) + " + " + (all.size() - MOST)
                        + " more...";
    }

    static Table slices(ClusterObjects objects) {
        return new Table(
                List.of("NAMESPACE", "NAME", "ADDRESSTYPE", "PORTS", "ENDPOINTS", "AGE"),
                sorted(objects.slices()).map(slice -> List.of(slice.metadata().namespace(),
                        slice.metadata().name(), slice.addressType(),
                        orUnset(some(slice.ports().stream().map(KubectlTables::number).toList())),
                        orUnset(some(slice.endpoints().stream()
                                .flatMap(endpoint -> endpoint.addresses().stream()).toList())),
                        AGE)).toList());
    }

    /** {@code formatDiscoveryPorts}. */
    private static String number(EndpointPort port) {
        return port.port() != null ? String.valueOf(port.port())
                : port.name().isEmpty() ? "*"
                : port.name();
    }

    private static String orUnset(String text) {
        return text.isEmpty() ? UNSET : text;
    }

    static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
