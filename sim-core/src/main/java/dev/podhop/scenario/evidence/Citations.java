package dev.podhop.scenario.evidence;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.scenario.evidence.Holders.Held;
import dev.podhop.trace.Evidence;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Place;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the line of the files for every piece of evidence in a run's trace. */
public final class Citations {

    private static final String SCENARIO = "Scenario";
    private static final String SPEC = "spec.";
    private static final String DEFAULT_ROUTE = "default via ";

    private final Written written;
    private final Holders holders;

    private Citations(LoadedScenario scenario, List<StateChange> changes, Written.Times times) {
        this.written = new Written(scenario, times);
        this.holders = new Holders(scenario, written, changes);
    }

    /**
     * Those of a run through the timeline.
     *
     * @param changes of state, by rising time: which pod had an address when
     */
    public static Citations ofRun(LoadedScenario scenario, List<StateChange> changes) {
        return new Citations(scenario, changes, TimelineEntry::atNanos);
    }

    /**
     * Those of an attempt that has the cluster's past behind it and a clock of its own.
     *
     * @param events how many events that are no flows have happened
     */
    public static Citations ofMoment(LoadedScenario scenario, List<StateChange> changes,
            int events) {
        Set<TimelineEntry> past = Collections.newSetFromMap(new IdentityHashMap<>());
        scenario.timeline().stream().filter(entry -> !(entry.event() instanceof Send))
                .limit(events).forEach(past::add);
        return new Citations(scenario, changes,
                entry -> past.contains(entry) ? entry.atNanos() - Long.MAX_VALUE : Long.MAX_VALUE);
    }

    /** The timeline with its lines, in the order of time. */
    public List<Occurrence> timeline() {
        return written.occurrences();
    }

    /** What a step rests on, its rules included, in the order in which it was looked at. */
    public List<Cited> of(Hop hop, Step step) {
        List<Cited> all = new ArrayList<>();
        if (step instanceof Step.RuleWalk walk) {
            for (RuleMatch rule : walk.rules()) {
                all.add(Cited.nowhere(new Evidence.Rule(rule.table(), rule.chain(), rule.rule())));
                all.addAll(of(hop, rule.why()));
            }
        }
        all.addAll(of(hop, step.why()));
        return all.stream().distinct().toList();
    }

    /** What a reason that was given in a hop rests on, and what lies behind it. */
    public List<Cited> of(Hop hop, Explanation why) {
        List<Cited> all = new ArrayList<>();
        for (Explanation each = why; each != null; each = each.because()) {
            all.addAll(ofAlone(hop, each));
        }
        return all;
    }

    /** What a reason rests on, without what lies behind it. */
    public List<Cited> ofAlone(Hop hop, Explanation why) {
        return why.evidence().stream()
                .map(evidence -> cite(evidence, hop.place(), hop.timeNanos())).toList();
    }

    /** Those that stand in a file, each line once: written ones first, then by the file's order. */
    public static List<Cited> lines(List<Cited> cited) {
        Map<String, Cited> once = new LinkedHashMap<>();
        Stream.concat(cited.stream().filter(each -> !each.byDefault()),
                cited.stream().filter(Cited::byDefault)).filter(each -> each.line() > 0)
                .forEachOrdered(each -> once.putIfAbsent(each.place(), each));
        return List.copyOf(once.values());
    }

    private Cited cite(Evidence evidence, Place place, long atNanos) {
        Optional<Cited> found = switch (evidence) {
            case Evidence.Shown shown -> Optional.empty();
            case Evidence.Field field -> ApiKind.ofWord(field.kind()).flatMap(kind -> field(field,
                    new ObjectKey(kind, field.namespace(), field.name()), field.path(), atNanos));
            case Evidence.Here here -> here(here, place, atNanos);
            case Evidence.Holder holder -> holders.of(holder.address(), atNanos)
                    .map(held -> held(holder, held));
            case Evidence.Setting setting -> setting(setting);
            case Evidence.ProxyConfig config -> written.kubeProxy(Way.of(config.path()))
                    .map(end -> new Cited(config, "KubeProxyConfiguration", config.path(),
                            end.where(), false))
                    .or(() -> range(config));
            case Evidence.Sysctl sysctl -> sysctl(sysctl, place, atNanos);
            case Evidence.Route route -> route(route, place, atNanos);
            case Evidence.Event event -> event(event, place, atNanos);
        };
        return found.orElseGet(() -> Cited.nowhere(evidence));
    }

    private Optional<Cited> field(Evidence evidence, ObjectKey object, String path,
            long atNanos) {
        return written.field(object, atNanos, Way.of(path)).map(end -> new Cited(evidence,
                object.toString(), path, end.where(), !end.whole()));
    }

    private static Cited held(Evidence evidence, Held held) {
        return new Cited(evidence, held.object().toString(), held.field(), held.end().where(),
                !held.end().whole());
    }

    private Optional<Cited> here(Evidence.Here here, Place place, long atNanos) {
        return switch (place.kind()) {
            case POD -> {
                ObjectKey pod = Holders.pod(place.name());
                yield field(here, pod, here.path(), atNanos).or(() -> holders.workloadOf(pod)
                        .flatMap(owner -> field(here, owner, "spec.template." + here.path(),
                                atNanos)));
            }
            case NODE -> field(here, new ObjectKey(ApiKind.NODE, "", place.name()), here.path(),
                    atNanos);
            case EDGE, EXTERNAL -> Optional.empty();
        };
    }

    /** A load balancer's own setting before that for all of them. */
    private Optional<Cited> setting(Evidence.Setting setting) {
        String all = "loadBalancer.";
        Optional<Cited> own = Optional.empty();
        if (!setting.service().isEmpty() && setting.path().startsWith(all)) {
            String key = setting.path().substring(all.length());
            int slash = setting.service().indexOf('/');
            String name = Names.qualified(setting.service().substring(0, slash),
                    setting.service().substring(slash + 1));
            Way way = Way.of(SPEC + all + "services").then(name);
            for (String step : Way.of(key).steps()) {
                way = way.then(step);
            }
            own = ofScenario(setting, way, all + "services." + name + "." + key);
        }
        return own.or(() -> ofScenario(setting, Way.of(SPEC + setting.path()), setting.path()));
    }

    private Optional<Cited> ofScenario(Evidence evidence, Way way, String path) {
        return written.scenario(way)
                .map(end -> new Cited(evidence, SCENARIO, SPEC + path, end.where(), false));
    }

    /** kube-proxy's clusterCIDR comes from the network, where it is not configured itself. */
    private Optional<Cited> range(Evidence.ProxyConfig config) {
        return config.path().equals("clusterCIDR")
                ? ofScenario(config, Way.of("spec.network.clusterCIDR"), "network.clusterCIDR")
                : Optional.empty();
    }

    /** Where a sysctl of the place was set last; nowhere where it is the kernel's default. */
    private Optional<Cited> sysctl(Evidence.Sysctl asked, Place place, long atNanos) {
        boolean pod = place.kind() == Place.Kind.POD;
        Optional<Cited> set = written.event(atNanos, event -> event instanceof Event.Sysctl sysctl
                && (sysctl.target() == null || sysctl.target().toString().equals(place.label()))
                && (pod && sysctl.target() == null ? sysctl.values().pods()
                        : sysctl.values().nodes()).containsKey(asked.name()))
                .map(event -> happened(asked, event));
        String path = pod ? "network.sysctls.pods" : "network.sysctls";
        return set.or(() -> ofScenario(asked, Way.of(SPEC + path).then(asked.name()),
                path + "." + asked.name()));
    }

    private static Cited happened(Evidence evidence, Occurrence event) {
        return new Cited(evidence, "timeline", event.event().verb(), event.where(), false);
    }

    /** A route is there for the prefix of a node's pods, for a pod, or for the gateway. */
    private Optional<Cited> route(Evidence.Route route, Place place, long atNanos) {
        if (route.route().startsWith(DEFAULT_ROUTE)) {
            return place.kind() == Place.Kind.POD
                    ? holders.podRangeOf(place.node(), atNanos).map(held -> held(route, held))
                    : ofScenario(route, Way.of("spec.network.gateway"), "network.gateway");
        }
        String to = route.route().replaceFirst("^local ", "");
        String prefix = to.substring(0, Math.max(0, to.indexOf(' ')));
        return holders.podRange(prefix, atNanos)
                .or(() -> holders.of(prefix.replaceFirst("/(32|128)$", ""), atNanos))
                .map(held -> held(route, held));
    }

    private Optional<Cited> event(Evidence.Event asked, Place place, long atNanos) {
        Optional<String> about = asked.address().isEmpty() ? Optional.of(place.label())
                : holders.podAt(asked.address(), atNanos).map(ObjectKey::toString);
        return about.flatMap(label -> written.event(atNanos,
                event -> asked.verbs().contains(event.verb()) && concerns(event.about(), label)))
                .map(event -> happened(asked, event));
    }

    /** {@code node/n1}, {@code link/node/n1}. */
    private static boolean concerns(String target, String label) {
        return target.equals(label) || target.equals("link/" + label);
    }
}
