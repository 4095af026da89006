package dev.podhop.run.state;

import dev.podhop.cloud.Backend;
import dev.podhop.cloud.Instance;
import dev.podhop.cloud.InstanceListener;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.net.IpAddress;
import dev.podhop.run.stage.ControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The cloud's load balancers as its console shows them. */
final class LoadBalancerTables {

    private static final String NONE = "<none>";

    private LoadBalancerTables() {}

    /** An instance a row, and a row for every Service that has not got what it asks for. */
    static Table instances(ControlPlane controlPlane) {
        List<List<String>> rows = new ArrayList<>();
        for (Instance instance : controlPlane.cloud().instances()) {
            String services = instance.listeners().stream().map(InstanceListener::owner)
                    .filter(owner -> !owner.isEmpty()).distinct()
                    .collect(Collectors.joining(","));
            rows.add(List.of(instance.id(), instance.access().toString(),
                    words(instance.vips()),
                    orNone(services), tags(instance), orNone(controlPlane.objection(services))));
        }
        for (Service service : controlPlane.store().list(Service.class)) {
            List<IpAddress> doors = controlPlane.vips(service);
            if (service.spec().isType(ServiceSpec.LOAD_BALANCER)
                    && controlPlane.held(service) == null && !doors.isEmpty()) {
                rows.add(List.of(NONE, NONE, words(doors), service.metadata().namespace() + "/"
                        + service.metadata().name(), NONE, "none needed: nodes' own addresses"));
            } else if (service.spec().isType(ServiceSpec.LOAD_BALANCER) && doors.isEmpty()) {
                String key = service.metadata().namespace() + "/" + service.metadata().name();
                String why = controlPlane.objection(key);
                rows.add(List.of(NONE, NONE, NONE, key, NONE, why.isEmpty() ? "pending" : why));
            }
        }
        return new Table(List.of("INSTANCE", "ACCESS", "ADDRESS", "SERVICE", "TAGS", "OBJECTION"),
                rows);
    }

    private static String words(List<IpAddress> addresses) {
        return addresses.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static String tags(Instance instance) {
        return orNone(instance.tags().entrySet().stream()
                .map(tag -> tag.getKey() + "=" + tag.getValue())
                .collect(Collectors.joining(",")));
    }

    /** A target a row; a listener without any has one too. */
    static Table targets(ControlPlane controlPlane) {
        List<List<String>> rows = new ArrayList<>();
        for (Instance instance : controlPlane.cloud().instances()) {
            for (InstanceListener listener : instance.listeners()) {
                if (listener.backends().isEmpty()) {
                    rows.add(row(instance, listener, NONE, NONE, NONE, NONE));
                }
                for (Backend backend : listener.backends()) {
                    rows.add(row(instance, listener, backend.name(),
                            backend.endpoint().toString(), String.valueOf(backend.weight()),
                            backend.healthy() ? "healthy" : "unhealthy"));
                }
            }
        }
        return new Table(List.of("INSTANCE", "LISTENER", "NAME", "BACKENDS", "CLIENT-IP",
                "SCHEDULER", "TARGET", "ADDRESS", "WEIGHT", "HEALTH"), rows);
    }

    private static List<String> row(Instance instance, InstanceListener listener, String target,
            String address, String weight, String health) {
        return List.of(instance.id(),
                listener.protocol() + " " + listener.vip().withPort(listener.port()),
                orNone(listener.name()), listener.settings().backends().toString(),
                listener.settings().clientIP().toString(),
                listener.settings().scheduler().toString(), target, address, weight, health);
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
