package dev.podhop.run;

import dev.podhop.k8s.*;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.*;

final class SliceSketch {
    static List<EndpointSlice> of(Service s, List<Pod> pods) {
        List<EndpointSlice> out = new ArrayList<>();
        for (ServicePort sp : s.spec().ports()) {
            Map<Integer, List<Endpoint>> byPort = new TreeMap<>();
            for (Pod p : pods) {
                boolean m = s.spec().selector().entrySet().stream()
                        .allMatch(e -> e.getValue().equals(p.metadata().label(e.getKey())));
                if (!m || p.isFinished())
                    continue;
                int port = sp.targetPort().number();
                if (sp.targetPort().text() != null) {
                    port = p.spec().containers().stream().flatMap(c -> c.ports().stream())
                            .filter(c -> c.name().equals(sp.targetPort().text()))
                            .mapToInt(c -> c.containerPort()).findFirst().orElse(0);
                }
                if (port == 0)
                    continue;
                boolean ready = p.isReady();
                byPort.computeIfAbsent(port, k -> new ArrayList<>())
                        .add(new Endpoint(List.of(p.status().podIP()),
                                s.spec().publishNotReadyAddresses()
                                        || (ready && !p.isTerminating()),
                                ready, p.isTerminating(), null, p.spec().nodeName(), null,
                                List.of(), List.of(), null));
            }
            byPort.forEach((port, eps) -> {
                ObjectMeta m = new ObjectMeta(s.metadata().name() + "-" + sp.name() + port, "",
                        s.metadata().namespace(),
                        Map.of(EndpointSlice.SERVICE_NAME_LABEL, s.metadata().name()), Map.of(), "",
                        "", "", null, null, List.of());
                out.add(new EndpointSlice(m, "IPv4",
                        List.of(new EndpointPort(sp.name(), port, sp.protocol(), null)), eps,
                        new Mapping(Location.startOf(""), List.of())));
            });
        }
        return out;
    }
}
