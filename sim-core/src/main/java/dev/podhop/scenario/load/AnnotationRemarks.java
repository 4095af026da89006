package dev.podhop.scenario.load;

import dev.podhop.cloud.annotations.Remark;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What has to be told about annotations of Services: a line each, at the first Service that has it.
 */
final class AnnotationRemarks {

    private AnnotationRemarks() {}

    /** @param later the Services as they become in time */
    static void tell(LoadBalancerSpec spec, List<ApiObject> objects, List<Service> later,
            Problems problems) {
        AnnotatedBalancers balancers = new AnnotatedBalancers(spec);
        Map<Remark, Map<String, Service>> remarks = new LinkedHashMap<>();
        Stream.concat(objects.stream().filter(Service.class::isInstance).map(Service.class::cast),
                later.stream()).forEach(
                        service -> balancers.remarks(service)
                                .forEach(remark -> remarks
                                        .computeIfAbsent(remark, r -> new LinkedHashMap<>())
                                        .putIfAbsent(name(service), service)));
        remarks.forEach((remark, services) -> problems
                .warn(line(remark, List.copyOf(services.values()))));
    }

    private static String line(Remark remark, List<Service> services) {
        Service first = services.getFirst();
        return first.locationOf(FieldPath.of("metadata", "annotations").key(remark.key()))
                + ": service/" + name(first)
                + (services.size() == 1 ? "" : " and " + (services.size() - 1) + " more")
                + ": annotation " + remark.annotation() + " " + remark.text();
    }

    private static String name(Service service) {
        return Names.qualified(service.metadata().namespace(), service.metadata().name());
    }
}
