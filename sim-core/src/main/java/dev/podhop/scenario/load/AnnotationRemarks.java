package dev.podhop.scenario.load;

import dev.podhop.cloud.annotations.Remark;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has to be told about annotations of Services: a line each, at the first Service that has it.
 */
final class AnnotationRemarks {

    private AnnotationRemarks() {}

    static void tell(LoadBalancerSpec spec, List<ApiObject> objects, Problems problems) {
        AnnotatedBalancers balancers = new AnnotatedBalancers(spec);
        Map<Remark, List<Service>> remarks = new LinkedHashMap<>();
        objects.stream().filter(Service.class::isInstance).map(Service.class::cast)
                .forEach(service -> balancers.remarks(service).forEach(remark -> remarks
                        .computeIfAbsent(remark, r -> new ArrayList<>()).add(service)));
        remarks.forEach((remark, services) -> problems.warn(line(remark, services)));
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
