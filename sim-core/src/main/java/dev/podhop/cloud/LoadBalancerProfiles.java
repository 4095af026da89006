package dev.podhop.cloud;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The profiles that ship, from {@code load-balancer-profiles.yaml} beside this class. */
public final class LoadBalancerProfiles {

    private static final String RESOURCE = "load-balancer-profiles.yaml";
    /** The profile of a load balancer that names none. */
    private static final String PLAIN = "none";

    private static final Map<String, LoadBalancerProfile> PROFILES = load();

    private LoadBalancerProfiles() {}

    /** The profile of this name; empty when there is none. */
    public static Optional<LoadBalancerProfile> of(String name) {
        return Optional.ofNullable(PROFILES.get(name));
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
        Map<String, Map<LoadBalancerKey, Mapping>> entries = new HashMap<>();
        for (Mapping document : YamlReader.read(RESOURCE, text(), problems)) {
            LoadBalancerProfileReader reader = new LoadBalancerProfileReader(document, entries);
            LoadBalancerProfile profile = reader.read();
            profiles.put(profile.name(), profile);
            entries.put(profile.name(), reader.entries());
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
}
