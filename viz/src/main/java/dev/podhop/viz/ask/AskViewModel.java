package dev.podhop.viz.ask;

import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.reports.Amounts;
import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.picture.Life;
import dev.podhop.reports.picture.Wiring;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Outcome;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.Asked;
import dev.podhop.viz.recording.AskedCall;
import dev.podhop.viz.recording.AskedCall.Answer;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.ServiceDoors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Who can call whom, and what can be done to a place. */
public final class AskViewModel {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final String POD = "pod/";
    private static final String NODE = "node/";
    private static final String BALANCER = "lb/";

    private final PlaybackViewModel playback;
    private final Recording recording;

    /**
     * A fault or a change at the cursor's moment.
     *
     * @param key of its words, {@code fault.kill}
     * @param setting as {@code --set} takes it
     */
    public record Fault(String key, String about, String setting) {}

    /**
     * A way in which what was asked can end.
     *
     * @param shown whether it is the one in view
     */
    public record Way(String words, boolean failed, boolean shown, Answer answer) {}

    public AskViewModel(PlaybackViewModel playback) {
        this.playback = playback;
        this.recording = playback.recording();
    }

    private LoadedScenario scenario() {
        return recording.scenario();
    }

    /** Everybody who can call, pods first; of pods those that there are at the cursor's moment. */
    public List<String> callers() {
        Life.Now now = recording.life().at(playback.time().get());
        List<String> callers = new ArrayList<>();
        for (Wiring.Kind kind : List.of(Wiring.Kind.POD, Wiring.Kind.NODE,
                Wiring.Kind.EXTERNAL)) {
            recording.wiring().spaces().stream().filter(space -> space.kind() == kind)
                    .map(Wiring.Space::label)
                    .filter(label -> kind != Wiring.Kind.POD
                            || now.pod(label).stage() != Life.Stage.GONE)
                    .forEach(callers::add);
        }
        scenario().outsider().map(Object::toString).filter(each -> !callers.contains(each))
                .ifPresent(callers::add);
        return callers;
    }

    /** Whether somebody at a place can call. */
    public boolean calls(String place) {
        return callers().contains(place);
    }

    /** Ports of all Services, by ClusterIP, and by the load balancer where there is one. */
    public List<String> services() {
        return recording.services();
    }

    /** What of a place can be called: a pod's own ports, a node's ports, a balancer's. */
    public List<String> doorsOf(String place) {
        if (place.startsWith(POD)) {
            return ports().map(port -> place + ":" + port).toList();
        }
        if (place.startsWith(NODE)) {
            return scenario().objects(Service.class)
                    .flatMap(service -> service.spec().ports().stream())
                    .map(ServicePort::nodePort).filter(port -> port > 0)
                    .map(port -> place + ":" + port).distinct().toList();
        }
        if (place.startsWith(BALANCER)) {
            return servicesOf(place).flatMap(ServiceDoors::of)
                    .filter(door -> door.contains("@vip:"))
                    .toList();
        }
        return List.of();
    }

    /** Ports that Services send to or pods declare; nobody knows on which each pod listens. */
    private Stream<String> ports() {
        Stream<Integer> declared = scenario().objects(Pod.class)
                .flatMap(pod -> pod.spec().containers().stream())
                .flatMap(container -> container.ports().stream())
                .map(port -> port.containerPort());
        Stream<Integer> targets = scenario().objects(Service.class)
                .flatMap(service -> service.spec().ports().stream())
                .map(port -> port.targetPort().text() != null ? port.port()
                        : port.targetPort().number());
        return Stream.concat(declared, targets).distinct().map(String::valueOf);
    }

    /** The Services of a load balancer, as the picture names it: {@code lb/shop}. */
    private Stream<Service> servicesOf(String balancer) {
        String name = balancer.substring(BALANCER.length());
        return scenario().objects(Service.class)
                .filter(service -> name.equals(service.metadata().name())
                        || name.equals(service.metadata().namespace() + "/"
                                + service.metadata().name()));
    }

    /** The question at the cursor's moment. */
    public AskedCall question(String from, String to) {
        long now = recording.originNanos() + playback.time().get();
        return new AskedCall(from.strip(), to.strip(), isUdp(to.strip()),
                recording.asked().isPresent() ? recording.asked().get().question().atNanos()
                        : recording.size() == 0 ? OptionalLong.empty()
                        : OptionalLong.of(now),
                Optional.empty());
    }

    /** Whether what is called speaks UDP, as its Service says. */
    private boolean isUdp(String to) {
        return scenario().objects(Service.class).flatMap(service -> service.spec().ports().stream()
                .filter(port -> ServiceDoors.of(service).anyMatch(to::equals)
                        && to.endsWith(":" + port.port())
                        || to.startsWith(NODE) && to.endsWith(":" + port.nodePort())))
                .findFirst().filter(port -> "UDP".equals(port.protocol()))
                .isPresent();
    }

    /** What was asked: {@code pod/client > service/web:80, at 5.000 s}; empty for nothing. */
    public String asked() {
        return recording.asked().map(asked -> asked.question().from() + " → "
                + asked.question().to() + "   " + Amounts.time(asked.atNanos())).orElse("");
    }

    /** The ways in which it can end, with their exact odds, the likeliest first. */
    public List<Way> ways() {
        return recording.asked().map(Asked::odds).map(FlowOdds::results).orElse(List.of())
                .stream().sorted((a, b) -> b.probability().compareTo(a.probability()))
                .map(this::way).toList();
    }

    private Way way(ResultOdds each) {
        String endpoint = each.key().endpoint();
        boolean failed = each.key().outcome() != Outcome.Answered;
        boolean shown = recording.run().attempts().stream()
                .anyMatch(attempt -> attempt.outcome() == each.key().outcome()
                        && (endpoint == null || endpoint.equals(attempt.endpoint())));
        return new Way((failed ? "✖ " : "✓ ") + each.key().outcome()
                + (endpoint == null ? "" : " " + endpoint) + "  "
                + Amounts.fraction(each.probability()), failed, shown,
                new Answer(each.key().outcome().name(), Optional.ofNullable(endpoint)));
    }

    /** What beside the odds is to be known of them, in a language. */
    public List<String> notes(Locale language) {
        Narrator narrator = new Narrator(Explanations.in(language));
        return recording.asked().map(Asked::odds).map(FlowOdds::notes).orElse(List.of()).stream()
                .map(narrator::text).toList();
    }

    /** Whether events can be added at all: a dump has no timeline. */
    public boolean hasTimeline() {
        return !scenario().bareDump();
    }

    /** What can be done to a place at the cursor's moment. */
    public List<Fault> faults(String place) {
        List<Fault> faults = new ArrayList<>();
        if (place.startsWith(BALANCER)) {
            servicesOf(place).forEach(service -> policies(service, faults));
        } else if (hasTimeline() && place.startsWith(POD)) {
            for (String verb : List.of("kill", "restart", "stop", "delete")) {
                faults.add(event(verb, place, verb + ": " + place));
            }
            faults.add(event("cut", place, "fail: link/" + place));
        } else if (hasTimeline() && place.startsWith(NODE)) {
            faults.add(event("drain", place, "drain: " + place));
            faults.add(event("fail", place, "fail: " + place));
            faults.add(event("cut", place, "fail: link/" + place));
            faults.add(event("kube-proxy", place,
                    "fail: kube-proxy/" + place.substring(NODE.length())));
        } else if (hasTimeline() && place.startsWith("external/")) {
            faults.add(event("cut", place, "fail: link/" + place));
        }
        return faults;
    }

    /** The policies of all Services, as they could be instead. */
    public List<Fault> policies() {
        List<Fault> all = new ArrayList<>();
        scenario().objects(Service.class).forEach(service -> policies(service, all));
        return all;
    }

    private void policies(Service service, List<Fault> faults) {
        String name = "service/" + service.metadata().namespace() + "/"
                + service.metadata().name();
        boolean external = service.spec().isType("LoadBalancer")
                || service.spec().isType("NodePort");
        if (external && service.spec().healthCheckNodePort() == 0) {
            faults.add(policy(name, "externalTrafficPolicy",
                    service.spec().isExternalLocal() ? "Cluster" : "Local"));
        }
        if (!service.spec().isType("ExternalName")) {
            faults.add(policy(name, "internalTrafficPolicy",
                    service.spec().isInternalLocal() ? "Cluster" : "Local"));
        }
    }

    /** At the cursor's moment; in a dump, which has no moments, from the beginning. */
    private Fault policy(String service, String field, String value) {
        String about = service + "  " + field + ": " + value;
        return hasTimeline()
                ? event("policy", about, "patch: {target: " + service + ", with: {spec: {" + field
                        + ": " + value + "}}}")
                : new Fault("fault.policy", about, service + ".spec." + field + "=" + value);
    }

    private Fault event(String verb, String about, String event) {
        long micros = (recording.originNanos() + playback.time().get()) / NANOS_PER_MICRO;
        if (recording.asked().isPresent()) {
            // Before the call, as its own clock begins at that moment.
            micros = recording.originNanos() / NANOS_PER_MICRO;
        }
        return new Fault("fault." + verb, about, "timeline["
                + scenario().spec().timeline().size() + "]={at: " + micros + "us, " + event
                + "}");
    }
}
