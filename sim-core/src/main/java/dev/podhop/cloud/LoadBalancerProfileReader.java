package dev.podhop.cloud;

import dev.podhop.cloud.ControllerSettings.AccessSwitch;
import dev.podhop.cloud.HealthCheck.Port;
import dev.podhop.cloud.HealthCheck.Protocol;
import dev.podhop.cloud.HealthCheck.Question;
import dev.podhop.cloud.HealthCheck.Rhythm;
import dev.podhop.cloud.LoadBalancerSettings.AllUnhealthy;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.cloud.LoadBalancerSettings.ClientIP;
import dev.podhop.cloud.LoadBalancerSettings.Destination;
import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.cloud.LoadBalancerSettings.Ingress;
import dev.podhop.cloud.LoadBalancerSettings.LoopAvoidance;
import dev.podhop.cloud.LoadBalancerSettings.Openness;
import dev.podhop.cloud.LoadBalancerSettings.Scheduler;
import dev.podhop.cloud.LoadBalancerSettings.SourceRanges;
import dev.podhop.cloud.LoadBalancerSettings.Vendor;
import dev.podhop.cloud.Registration.Addresses;
import dev.podhop.cloud.Registration.Endpoints;
import dev.podhop.cloud.Registration.Nodes;
import dev.podhop.cloud.Registration.Ports;
import dev.podhop.cloud.Registration.Tags;
import dev.podhop.cloud.Registration.Wanted;
import dev.podhop.cloud.SessionRules.Fate;
import dev.podhop.cloud.SessionRules.Fates;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one document of {@code load-balancer-profiles.yaml}: for each key a mapping with
 * {@code is}, {@code mark} and {@code source}. A key that is not there is as in the profile that
 * {@code like} names.
 */
final class LoadBalancerProfileReader {

    private final Mapping document;
    private final Map<LoadBalancerKey, Mapping> entries = new EnumMap<>(LoadBalancerKey.class);

    /**
     * @param earlier by name: the entries of the profiles before this one
     */
    LoadBalancerProfileReader(Mapping document,
            Map<String, Map<LoadBalancerKey, Mapping>> earlier) {
        this.document = document;
        String like = document.text("like");
        if (like != null) {
            entries.putAll(java.util.Objects.requireNonNull(earlier.get(like), like));
        }
        Mapping values = mapping(document, "values");
        for (LoadBalancerKey key : LoadBalancerKey.values()) {
            if (values.get(key.toString()) instanceof Mapping entry) {
                entries.put(key, entry);
            }
        }
    }

    Map<LoadBalancerKey, Mapping> entries() {
        return entries;
    }

    LoadBalancerProfile read() {
        Map<LoadBalancerKey, Provenance> provenance = new EnumMap<>(LoadBalancerKey.class);
        String unsaid = document.text("unsaid");
        Mapping own = mapping(document, "values");
        for (LoadBalancerKey key : LoadBalancerKey.values()) {
            provenance.put(key, unsaid != null && own.get(key.toString()) == null
                    ? new Provenance(Provenance.Mark.ASSUMED, unsaid)
                    : new Provenance(one(Provenance.Mark.values(), text(entry(key), "mark")),
                            text(entry(key), "source")));
        }
        return new LoadBalancerProfile(text(document, "name"), text(document, "summary"),
                settings(), provenance);
    }

    private LoadBalancerSettings settings() {
        return new LoadBalancerSettings(one(Backends.values(), is(LoadBalancerKey.BACKENDS)),
                one(ClientIP.values(), is(LoadBalancerKey.CLIENT_IP)),
                one(LoopAvoidance.values(), is(LoadBalancerKey.LOOP_AVOIDANCE)),
                one(Scheduler.values(), is(LoadBalancerKey.SCHEDULER)), healthCheck(),
                one(AllUnhealthy.values(), is(LoadBalancerKey.ALL_UNHEALTHY)),
                one(Destination.values(), is(LoadBalancerKey.DESTINATION)),
                optionalNanos(is(LoadBalancerKey.DEREGISTRATION_DELAY)),
                optionalNanos(is(LoadBalancerKey.IDLE_TIMEOUT)),
                new SessionRules(fates(LoadBalancerKey.UNHEALTHY), fates(LoadBalancerKey.REMOVED),
                        fates(LoadBalancerKey.CHANGED), fates(LoadBalancerKey.IDLE),
                        fates(LoadBalancerKey.DELETED),
                        structure(LoadBalancerKey.REMOVED).text("udpAtOnce") != null),
                one(SourceRanges.values(), is(LoadBalancerKey.SOURCE_RANGES)),
                one(Openness.values(), is(LoadBalancerKey.ACCESS)), false,
                optionalNanos(is(LoadBalancerKey.NODE_TIMEOUT)),
                one(Ingress.values(), is(LoadBalancerKey.INGRESS)),
                one(Entry.values(), is(LoadBalancerKey.ENTRY)),
                Boolean.parseBoolean(is(LoadBalancerKey.LOCAL_ROUTE)),
                Boolean.parseBoolean(is(LoadBalancerKey.NODE_ADDRESS)),
                controller(structure(LoadBalancerKey.CONTROLLER)), registration(),
                one(Vendor.values(), text(document, "vendor")), false, List.of(), Targeting.ANY,
                InstanceChoice.OWN);
    }

    private @Nullable HealthCheck healthCheck() {
        if (!(entry(LoadBalancerKey.HEALTH_CHECK).get("is") instanceof Mapping check)) {
            return null;
        }
        Mapping asked = structure(LoadBalancerKey.QUESTION);
        Question question = new Question(one(Port.values(), text(asked, "port")),
                one(Port.values(), text(asked, "clusterPort")),
                one(Protocol.values(), text(asked, "protocol")), text(asked, "path"), null);
        return new HealthCheck(rhythm(check),
                check.get("local") instanceof Mapping local ? rhythm(local) : rhythm(check),
                question);
    }

    private static Rhythm rhythm(Mapping check) {
        return new Rhythm(SimTime.parseNanos(text(check, "interval")),
                SimTime.parseNanos(text(check, "timeout")),
                Integer.parseInt(text(check, "unhealthyThreshold")),
                Integer.parseInt(text(check, "healthyThreshold")));
    }

    private Fates fates(LoadBalancerKey key) {
        Mapping fates = structure(key);
        return new Fates(one(Fate.values(), text(fates, "tcp")),
                one(Fate.values(), text(fates, "udp")));
    }

    private static ControllerSettings controller(Mapping entry) {
        return new ControllerSettings(SimTime.parseNanos(text(entry, "apiLatency")),
                SimTime.parseNanos(text(entry, "provisioning")),
                SimTime.parseNanos(text(entry, "resync")),
                one(AccessSwitch.values(), text(entry, "accessSwitch")));
    }

    private Registration registration() {
        Mapping nodes = structure(LoadBalancerKey.NODES);
        Mapping endpoints = structure(LoadBalancerKey.ENDPOINTS);
        return new Registration(one(Nodes.values(), text(nodes, "notReady")),
                one(Nodes.values(), text(nodes, "controlPlane")),
                one(Endpoints.values(), text(endpoints, "of")),
                Boolean.parseBoolean(text(endpoints, "terminating")),
                Boolean.parseBoolean(text(endpoints, "serving")),
                Integer.parseInt(is(LoadBalancerKey.WEIGHT)),
                one(Wanted.values(), is(LoadBalancerKey.LOAD_BALANCER_IP)), classes(),
                is(LoadBalancerKey.LISTENER_NAME),
                one(Addresses.values(), is(LoadBalancerKey.ADDRESSES)),
                one(Ports.values(), is(LoadBalancerKey.PORTS)),
                one(Tags.values(), is(LoadBalancerKey.TAGS)),
                optionalNanos(is(LoadBalancerKey.AFFINITY)));
    }

    private List<String> classes() {
        return entry(LoadBalancerKey.CLASSES).get("is") instanceof Sequence list
                ? list.items().stream().map(item -> ((Scalar) item).text()).toList()
                : List.of();
    }

    private static @Nullable Long optionalNanos(String text) {
        return text.equals("none") ? null : Long.valueOf(SimTime.parseNanos(text));
    }

    private Mapping entry(LoadBalancerKey key) {
        Mapping entry = entries.get(key);
        if (entry == null) {
            throw new IllegalStateException(document.location() + ": no " + key);
        }
        return entry;
    }

    private Mapping structure(LoadBalancerKey key) {
        return mapping(entry(key), "is");
    }

    private String is(LoadBalancerKey key) {
        return text(entry(key), "is");
    }

    private static Mapping mapping(Mapping parent, String key) {
        if (parent.get(key) instanceof Mapping child) {
            return child;
        }
        throw new IllegalStateException(parent.location() + ": no mapping " + key);
    }

    private static String text(Mapping parent, String key) {
        String text = parent.text(key);
        if (text == null) {
            throw new IllegalStateException(parent.location() + ": no text " + key);
        }
        return text;
    }

    private static <T> T one(T[] values, String spelling) {
        return Arrays.stream(values).filter(v -> v.toString().equals(spelling)).findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "not one of " + Arrays.toString(values) + ": " + spelling));
    }
}
