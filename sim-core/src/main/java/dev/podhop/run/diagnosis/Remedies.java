package dev.podhop.run.diagnosis;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.net.IpAddress;
import dev.podhop.run.diagnosis.Fixes.Candidate;
import dev.podhop.run.result.RunReason;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.PatchTarget.ObjectTarget;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.TimelineEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * The changes worth trying against the failures of a flow: every {@link Remedy} on what the flow
 * meets, each as settings that reach whatever decides in the file, be it the field itself or what
 * the timeline makes of it before the flow begins.
 */
final class Remedies {

    private static final int MOST_PATIENCE = 16;

    private final LoadedScenario scenario;
    private final Send send;
    private final @Nullable Called called;
    private final IpAddress client;
    private final boolean byName;
    private final List<Candidate> candidates = new ArrayList<>();

    /**
     * The changes for a flow.
     *
     * @param called the Service that it calls; null where it calls none
     * @param client the address that it calls from
     * @param byName whether the flow was asked for by its name in the file, not by its ends
     */
    Remedies(LoadedScenario scenario, Send send, @Nullable Called called, IpAddress client,
            boolean byName) {
        this.client = client;
        this.byName = byName;
        this.scenario = scenario;
        this.send = send;
        this.called = called;
    }

    List<Candidate> all() {
        if (called != null) {
            anotherDoor(called);
            letIn(called.service());
            slicesAnew(called.service());
        }
        for (Remedy remedy : Remedy.values()) {
            add(remedy, settings(remedy));
        }
        if (send.to() instanceof FlowTarget.DnsTarget
                && send.from() instanceof Source.PodSource from
                && !scenario.spec().dns().race().equals(BigFraction.ZERO)) {
            oneQuestionAtATime(from);
        }
        morePatience();
        return candidates;
    }

    /** Nothing but more patience. */
    List<Candidate> patience() {
        morePatience();
        return candidates;
    }

    private void add(Remedy remedy, List<String> settings) {
        if (!settings.isEmpty()) {
            candidates.add(new Candidate(
                    called == null || remedy.what.arguments().isEmpty() ? remedy.what.with()
                            : remedy.what.with("service", qualified(called.service())),
                    settings, null));
        }
    }

    private List<String> settings(Remedy remedy) {
        return switch (remedy.of) {
            case SCENARIO -> List.of(remedy.key + "=" + remedy.value);
            case NODE_SYSCTL -> sysctl(remedy.key, remedy.value);
            case SERVICE -> called == null ? List.of()
                    : field(called.service(), remedy.key, remedy.value);
            case BALANCER -> called == null || !called.service().spec().isType("LoadBalancer")
                    ? List.of()
                    : List.of(balancerKey(called.service()) + remedy.key + "=" + remedy.value);
            case INGRESS -> called == null ? List.of()
                    : ingress(called.service(), remedy.key, remedy.value);
        };
    }

    /** The load balancer's own keys decide where it has any, or is not the only one. */
    private String balancerKey(Service service) {
        boolean single = scenario.objects(Service.class)
                .filter(s -> s.spec().isType("LoadBalancer")).count() < 2;
        return single && scenario.spec().loadBalancer().services().isEmpty() ? "loadBalancer."
                : "loadBalancer.services." + qualified(service) + ".";
    }

    private List<String> ingress(Service service, String key, String value) {
        return written(service).map(own -> {
            List<String> settings = new ArrayList<>();
            for (int i = 0; i < own.ingress().size(); i++) {
                if (!own.ingress().get(i).ip().isEmpty()) {
                    settings.add(key(own) + ".status.loadBalancer.ingress[" + i + "]." + key + "="
                            + value);
                }
            }
            return settings;
        }).orElse(List.of());
    }

    /** A field of a Service's spec, in its manifest and in what patches it before the flow. */
    private List<String> field(Service service, String field, String value) {
        List<String> settings = new ArrayList<>();
        written(service).ifPresent(own -> {
            settings.add(key(own) + "." + field + "=" + value);
            if (field.equals("externalTrafficPolicy") && own.spec().healthCheckNodePort() != 0) {
                settings.add(key(own) + ".healthCheckNodePort=null");
            }
        });
        settings.addAll(patches(service, field, value));
        return settings;
    }

    private List<String> patches(Service service, String field, String value) {
        List<String> settings = new ArrayList<>();
        for (int i = 0; i < scenario.spec().timeline().size(); i++) {
            if (before(i) instanceof Event.Patch patch
                    && patch.target() instanceof ObjectTarget object
                    && object.key().name().equals(service.metadata().name())
                    && object.key().namespace().equals(service.metadata().namespace())
                    && object.key().kind() == service.kind()
                    && patch.with().get("spec") instanceof Mapping spec
                    && spec.get(field) != null) {
                settings.add("timeline[" + i + "].patch.with.spec." + field + "=" + value);
            }
        }
        return settings;
    }

    /** A sysctl wherever the file sets it, so that it holds when the flow begins. */
    private List<String> sysctl(String name, String value) {
        List<String> settings = new ArrayList<>();
        if (isOther(scenario.spec().network().sysctls().nodes(), name, value)) {
            settings.add("network.sysctls." + name + "=" + value);
        }
        for (int i = 0; i < scenario.spec().timeline().size(); i++) {
            if (before(i) instanceof Event.Sysctl sysctl
                    && isOther(sysctl.values().nodes(), name, value)) {
                settings.add("timeline[" + i + "].sysctl[" + name + "]=" + value);
            }
        }
        return settings;
    }

    private static boolean isOther(Map<String, String> values, String name, String value) {
        return values.containsKey(name) && !value.equals(values.get(name));
    }

    /** The event at that place of the file, if it happens before the flow begins; else null. */
    private @Nullable Event before(int index) {
        TimelineEntry entry = scenario.spec().timeline().get(index);
        long begins = scenario.spec().timeline().stream().filter(e -> e.event().equals(send))
                .mapToLong(TimelineEntry::atNanos).findFirst().orElse(Long.MAX_VALUE);
        return entry.atNanos() <= begins ? entry.event() : null;
    }

    /** The Service's own address instead of whatever leads to it from elsewhere. */
    private void anotherDoor(Called to) {
        if (to.door() == Called.Door.CLUSTER_IP || !to.service().spec().hasClusterIP()) {
            return;
        }
        FlowTarget own = new FlowTarget.ServiceTarget(to.service().metadata().namespace(),
                to.service().metadata().name(), String.valueOf(to.port().port()), false);
        int index = byName ? indexOfSend() : -1;
        candidates.add(new Candidate(
                RunReason.FIX_CLUSTER_IP.with("service", qualified(to.service())),
                index < 0 ? List.of() : List.of("timeline[" + index + "].send.to=" + own),
                index < 0 ? own : null));
    }

    /** The client's address among the ranges that the Service lets in. */
    private void letIn(Service service) {
        int ranges = service.spec().loadBalancerSourceRanges().size();
        Optional<Service> own = written(service);
        if (ranges > 0 && own.isPresent()
                && own.get().spec().loadBalancerSourceRanges().size() == ranges) {
            String range = client + "/" + client.family().bits();
            candidates.add(new Candidate(
                    RunReason.FIX_SOURCE_RANGE.with("service", qualified(service), "source", range),
                    List.of(key(service) + ".loadBalancerSourceRanges[" + ranges + "]=" + range),
                    null));
        }
    }

    /** The slices that a controller keeps: without them it writes what the pods are now. */
    private void slicesAnew(Service service) {
        List<String> slices = scenario.objects(EndpointSlice.class)
                .filter(slice -> slice.isManaged()
                        && slice.serviceName().equals(service.metadata().name())
                        && slice.metadata().namespace().equals(service.metadata().namespace()))
                .map(slice -> "endpointslice/" + Names.qualified(slice.metadata().namespace(),
                        slice.metadata().name()))
                .toList();
        if (!slices.isEmpty()) {
            candidates.add(new Candidate(RunReason.FIX_SLICES_ANEW.with("service",
                    qualified(service), "slices", String.join(", ", slices)),
                    slices.stream().map(slice -> slice + "=null").toList(), null));
        }
    }

    /** Twice the time until the client gives up, or more: for what comes late or is sent again. */
    private void morePatience() {
        Long timeout = send.timeoutNanos();
        int index = indexOfSend();
        for (int times = 2; timeout != null && index >= 0 && times <= MOST_PATIENCE
                && timeout < Long.MAX_VALUE / times; times *= 2) {
            String longer = duration(times * timeout);
            candidates.add(new Candidate(RunReason.FIX_TIMEOUT.with("timeout", longer),
                    List.of("timeline[" + index + "].send.timeout=" + longer), null));
        }
    }

    /** As files write it: {@code 600us}. */
    private static String duration(long nanos) {
        List<String> units = List.of("ns", "us", "ms", "s");
        int unit = 0;
        long value = nanos;
        while (unit < units.size() - 1 && value % 1000 == 0) {
            value /= 1000;
            unit++;
        }
        return value + units.get(unit);
    }

    private int indexOfSend() {
        List<TimelineEntry> timeline = scenario.spec().timeline();
        for (int i = 0; i < timeline.size(); i++) {
            if (timeline.get(i).event().equals(send)) {
                return i;
            }
        }
        return -1;
    }

    /** One question after the other, each from a socket of its own: then nothing races. */
    private void oneQuestionAtATime(Source.PodSource from) {
        String option = "{name: single-request-reopen}";
        scenario.objects(Pod.class)
                .filter(pod -> pod.metadata().name().equals(from.name())
                        && pod.metadata().namespace().equals(from.namespace()))
                .findFirst().ifPresent(pod -> {
                    int known = options(pod);
                    String place = known == 0 ? "=[" + option + "]" : "[" + known + "]=" + option;
                    candidates.add(new Candidate(
                            RunReason.FIX_SINGLE_REQUEST.with("pod", from.name()),
                            List.of(from + ".spec.dnsConfig.options" + place), null));
                });
    }

    private static int options(Pod pod) {
        return pod.source().get("spec") instanceof Mapping spec
                && spec.get("dnsConfig") instanceof Mapping config
                && config.get("options") instanceof Sequence options ? options.items().size() : 0;
    }

    /** The Service as the file has it; empty where it is made later. */
    private Optional<Service> written(Service service) {
        return scenario.objects(Service.class)
                .filter(s -> s.metadata().name().equals(service.metadata().name())
                        && s.metadata().namespace().equals(service.metadata().namespace()))
                .findFirst();
    }

    private static String key(Service service) {
        return "service/" + qualified(service);
    }

    private static String qualified(Service service) {
        return Names.qualified(service.metadata().namespace(), service.metadata().name());
    }
}
