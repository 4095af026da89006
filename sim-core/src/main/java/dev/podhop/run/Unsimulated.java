package dev.podhop.run;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import java.util.ArrayList;
import java.util.List;

/** What a file says that has no effect yet. It is told, so that nobody takes it for simulated. */
final class Unsimulated {

    private Unsimulated() {}

    static List<String> of(LoadedScenario scenario) {
        List<String> notes = new ArrayList<>();
        ofNames(scenario, notes);
        return notes.stream().distinct().toList();
    }

    private static void ofNames(LoadedScenario scenario, List<String> notes) {
        boolean calls = scenario.spec().timeline().stream()
                .anyMatch(e -> e.event() instanceof Send send
                        && send.to() instanceof FlowTarget.DnsTarget);
        boolean serves = scenario.objects(Service.class)
                .anyMatch(s -> s.metadata().namespace().equals("kube-system")
                        && s.metadata().name().equals("kube-dns"));
        if (calls && !serves) {
            notes.add("dns: no Service kube-system/kube-dns; names are resolved at once, without"
                    + " packets");
        }
        if (scenario.objects(Pod.class).map(pod -> pod.spec().dnsConfig())
                .anyMatch(dns -> dns != null && dns.options().stream()
                        .anyMatch(o -> o.name().equals("rotate")))) {
            notes.add("dnsConfig: rotate has no effect yet; the first server is asked first");
        }
    }
}
