package dev.podhop.run.diagnosis;

import dev.podhop.engine.Simulation;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.IpFamily;
import dev.podhop.run.result.UsageException;
import dev.podhop.run.stage.ControlPlane;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Explanation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a file's Services lack before anything happens: the control plane settles, nobody calls. */
public final class Findings {

    private Findings() {}

    public static List<Explanation> of(LoadedScenario scenario) {
        ControlPlane settled;
        try {
            settled = new ControlPlane(scenario, new Simulation(), scenario.spec().seed());
        } catch (UsageException impossible) {
            return List.of(); // whoever runs the file is told
        }
        // Without nodes there are no pods either, and of them nothing to wonder about.
        boolean cluster = scenario.objects(Node.class).findAny().isPresent();
        WhyNoEndpoint why = new WhyNoEndpoint(settled.store());
        Set<Explanation> found = new LinkedHashSet<>();
        for (Service service : settled.services()) {
            if (service.spec().isType("ExternalName")) {
                continue;
            }
            why.allAbsent(service).ifPresent(finding -> found.add(finding.what()));
            if (!cluster) {
                continue;
            }
            for (ServicePort port : service.spec().ports()) {
                // What a server has printed may name a family that nobody knows.
                Stream.of(IpFamily.values())
                        .filter(family -> service.spec().ipFamilies().contains(family.name()))
                        .forEach(family -> finding(why, scenario, service, port, family)
                                .ifPresent(finding -> found.add(finding.what())));
            }
        }
        return List.copyOf(found);
    }

    private static Optional<Finding> finding(WhyNoEndpoint why, LoadedScenario scenario,
            Service service, ServicePort port, IpFamily family) {
        return why.of(service, port, family).or(() -> why.someLeftOut(service, port, family))
                .or(() -> why.wrongNumber(service, port, scenario.spec().servers()));
    }
}
