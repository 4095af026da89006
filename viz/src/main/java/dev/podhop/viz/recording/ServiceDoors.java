package dev.podhop.viz.recording;

import dev.podhop.k8s.Service;
import java.util.stream.Stream;

/** A Service's ports as a flow's {@code to} names them. */
public final class ServiceDoors {

    private ServiceDoors() {}

    /** By ClusterIP, and by the load balancer where there is one; none of an ExternalName. */
    public static Stream<String> of(Service service) {
        String name = "service/" + service.metadata().namespace() + "/"
                + service.metadata().name();
        if (service.spec().isType("ExternalName")) {
            return Stream.empty();
        }
        return service.spec().ports().stream().flatMap(port -> {
            Stream<String> own = Stream.of(name + ":" + port.port());
            return service.spec().isType("LoadBalancer")
                    ? Stream.concat(own, Stream.of(name + "@vip:" + port.port()))
                    : own;
        });
    }
}
