package dev.podhop.cloud;

import dev.podhop.cloud.ControllerSettings.AccessSwitch;
import dev.podhop.cloud.LoadBalancerSettings.AllUnhealthy;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.cloud.LoadBalancerSettings.ClientIP;
import dev.podhop.cloud.LoadBalancerSettings.Destination;
import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.cloud.LoadBalancerSettings.Ingress;
import dev.podhop.cloud.LoadBalancerSettings.LoopAvoidance;
import dev.podhop.cloud.LoadBalancerSettings.Scheduler;
import dev.podhop.cloud.LoadBalancerSettings.Vendor;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The profiles that ship, from {@code load-balancer-profiles.yaml} beside this class. */
public final class LoadBalancerProfiles {

    private static final String RESOURCE = "load-balancer-profiles.yaml";
    /** The profile of a load balancer that names none. */
    private static final String PLAIN = "none";

    private static final Map<String, LoadBalancerProfile> PROFILES = load();

    private LoadBalancerProfiles() {}

    /** The profile of this name; empty when there is none. */
    public static Optional<LoadBalancerProfile> of(String name) {
        return name.equals(PLAIN) ? Optional.empty() : Optional.ofNullable(PROFILES.get(name));
    }

    /** The load balancer without a vendor: targets follow the endpoints at once. */
    public static LoadBalancerProfile plain() {
        return get(PLAIN);
    }

    /** The names that a scenario may use. */
    public static Collection<String> names() {
        return PROFILES.keySet().stream().filter(name -> !name.equals(PLAIN)).toList();
    }

    private static LoadBalancerProfile get(String name) {
        return Optional.ofNullable(PROFILES.get(name)).orElseThrow();
    }

    private static Map<String, LoadBalancerProfile> load() {
        Problems problems = new Problems();
        Map<String, LoadBalancerProfile> profiles = new LinkedHashMap<>();
        for (Mapping document : YamlReader.read(RESOURCE, text(), problems)) {
            LoadBalancerProfile profile = profile(document);
            profiles.put(profile.name(), profile);
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException(problems.all().toString());
        }
        return Collections.unmodifiableMap(profiles);
    }

    private static String text() {
        try (InputStream in = LoadBalancerProfiles.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static LoadBalancerProfile profile(Mapping document) {
        Mapping values = mapping(document, "values");
        Map<LoadBalancerKey, Provenance> provenance = new EnumMap<>(LoadBalancerKey.class);
        for (LoadBalancerKey key : LoadBalancerKey.values()) {
            Mapping entry = mapping(values, key.toString());
            Provenance.Mark mark = one(Provenance.Mark.values(), text(entry, "mark"));
            provenance.put(key, new Provenance(mark, text(entry, "source")));
        }
        return new LoadBalancerProfile(text(document, "name"), text(document, "summary"),
                settings(values, one(Vendor.values(), text(document, "vendor"))), provenance);
    }

    private static LoadBalancerSettings settings(Mapping values, Vendor vendor) {
        return new LoadBalancerSettings(
                one(Backends.values(), is(values, LoadBalancerKey.BACKENDS)),
                one(ClientIP.values(), is(values, LoadBalancerKey.CLIENT_IP)),
                one(LoopAvoidance.values(), is(values, LoadBalancerKey.LOOP_AVOIDANCE)),
                one(Scheduler.values(), is(values, LoadBalancerKey.SCHEDULER)),
                healthCheck(mapping(values, LoadBalancerKey.HEALTH_CHECK.toString())),
                one(AllUnhealthy.values(), is(values, LoadBalancerKey.ALL_UNHEALTHY)),
                one(Destination.values(), is(values, LoadBalancerKey.DESTINATION)),
                optionalNanos(is(values, LoadBalancerKey.DEREGISTRATION_DELAY)),
                optionalNanos(is(values, LoadBalancerKey.IDLE_TIMEOUT)),
                one(Ingress.values(), is(values, LoadBalancerKey.INGRESS)),
                one(Entry.values(), is(values, LoadBalancerKey.ENTRY)),
                Boolean.parseBoolean(is(values, LoadBalancerKey.LOCAL_ROUTE)),
                controller(mapping(mapping(values, LoadBalancerKey.CONTROLLER.toString()), "is")),
                vendor, false);
    }

    private static ControllerSettings controller(Mapping entry) {
        return new ControllerSettings(SimTime.parseNanos(text(entry, "apiLatency")),
                SimTime.parseNanos(text(entry, "provisioning")),
                SimTime.parseNanos(text(entry, "resync")),
                one(AccessSwitch.values(), text(entry, "accessSwitch")));
    }

    private static @Nullable HealthCheck healthCheck(Mapping entry) {
        if (!(entry.get("is") instanceof Mapping check)) {
            return null;
        }
        return new HealthCheck(SimTime.parseNanos(text(check, "interval")),
                SimTime.parseNanos(text(check, "timeout")),
                Integer.parseInt(text(check, "unhealthyThreshold")),
                Integer.parseInt(text(check, "healthyThreshold")),
                one(HealthCheck.Port.values(), text(check, "port")));
    }

    private static @Nullable Long optionalNanos(String text) {
        return text.equals("none") ? null : Long.valueOf(SimTime.parseNanos(text));
    }

    private static String is(Mapping values, LoadBalancerKey key) {
        return text(mapping(values, key.toString()), "is");
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
