package dev.podhop.run.diagnosis;

import dev.podhop.cluster.Labels;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.stage.ControlPlane;
import dev.podhop.scenario.Names;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.resolver.ResolverReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a name that was asked for does not exist: the client asks a server that knows no Service, or
 * it probably meant another one.
 */
public final class NameHints {

    private final List<Service> services;
    private final List<Pod> pods;

    public NameHints(ControlPlane controlPlane) {
        this.services = controlPlane.services();
        this.pods = controlPlane.pods();
    }

    /**
     * The reason with what lies behind it, where it is of a name that there is not.
     *
     * @param client who asked, {@code pod/client}
     */
    public Explanation nearest(Explanation why, String client) {
        if (!why.is(ResolverReason.UNKNOWN)) {
            return why;
        }
        String asked = why.arguments().getOrDefault("name", "").replaceFirst("\\.$", "");
        String first = asked.replaceFirst("\\..*", "");
        boolean isService = services.stream().anyMatch(s -> s.metadata().name().equals(first));
        return isService && !asksCluster(client) ? why.because(resolver(client))
                : near(why, asked, first);
    }

    /** Whether its resolv.conf names the cluster's servers ({@code GetPodDNS}). */
    private boolean asksCluster(String client) {
        return pod(client).filter(pod -> !pod.spec().dnsPolicy().equals("Default")
                && !(pod.spec().hostNetwork() && pod.spec().dnsPolicy().equals("ClusterFirst")))
                .isPresent();
    }

    private Optional<Pod> pod(String client) {
        return pods.stream().filter(pod -> Labels.pod(pod.metadata()).equals(client)).findFirst();
    }

    private Explanation resolver(String client) {
        return pod(client).map(pod -> (pod.spec().dnsPolicy().equals("Default")
                ? RunReason.DEFAULT_RESOLVER
                : RunReason.HOST_RESOLVER).with("client", client))
                .orElseGet(() -> RunReason.OUTER_RESOLVER.with("client", client));
    }

    private Explanation near(Explanation why, String asked, String first) {
        Map<String, Service> known = new LinkedHashMap<>();
        String tried = why.arguments().getOrDefault("tried", "");
        services.forEach(s -> {
            String name = s.metadata().name() + "." + s.metadata().namespace();
            if (tried.contains(name + ".svc.")) {
                return; // that it was asked for did not help
            }
            known.put(name, s);
            if (s.metadata().namespace().equals(ObjectMeta.DEFAULT_NAMESPACE)) {
                known.put(s.metadata().name(), s);
            }
        });
        // The right Service in the wrong namespace, else a word that is nearly right.
        Optional<String> near = known.entrySet().stream()
                .filter(e -> e.getValue().metadata().name().equals(first)
                        && e.getKey().contains("."))
                .map(Map.Entry::getKey).findFirst()
                .or(() -> Spelling.nearest(asked, known.keySet()));
        return near.map(name -> {
            Service service = Objects.requireNonNull(known.get(name));
            return why.because(RunReason.NAME_NEAR.with("near", name, "service",
                    Names.qualified(service.metadata().namespace(), service.metadata().name())));
        }).orElse(why);
    }
}
