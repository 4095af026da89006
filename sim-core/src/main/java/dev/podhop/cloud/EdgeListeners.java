package dev.podhop.cloud;

import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the cloud's load balancers make of the edge: all their listeners, as they are now. */
public final class EdgeListeners {

    private static final String DEFAULT_NAMESPACE = "default/";

    private EdgeListeners() {}

    /** The listeners, those of the oldest instance first. */
    public static List<Listener> of(Cloud cloud) {
        Map<IpAddress, Map<String, Target>> announcing = announcing(cloud);
        List<Listener> all = new ArrayList<>();
        for (Instance instance : cloud.instances()) {
            for (InstanceListener listener : instance.listeners()) {
                all.add(new Listener(label(instance, listener), listener.protocol(),
                        new SocketAddress(listener.vip(), listener.port()), listener.settings(),
                        listener.sources(), isSecluded(instance, listener),
                        reached(listener, announcing.getOrDefault(listener.vip(), Map.of()))));
            }
        }
        return all;
    }

    private static List<Target> registered(InstanceListener listener) {
        return listener.backends().stream().map(Backend::target).toList();
    }

    /**
     * Which nodes announce an address. It is announced as a whole, whatever port is called, and by
     * every node that any of its Services wants to announce it: each Service elects its own, and
     * routers know routes to addresses only.
     */
    private static Map<IpAddress, Map<String, Target>> announcing(Cloud cloud) {
        Map<IpAddress, Map<String, Target>> announcing = new HashMap<>();
        for (Instance instance : cloud.instances()) {
            for (InstanceListener listener : instance.listeners()) {
                if (listener.settings().isAnnounced()) {
                    List<Target> targets = registered(listener);
                    (listener.settings().entry() == Entry.ONE_NODE
                            ? elected(targets, instance.vips().getFirst()).stream()
                            : targets.stream().filter(Target::healthy))
                            .forEach(target -> announcing
                                    .computeIfAbsent(listener.vip(),
                                            vip -> new LinkedHashMap<>())
                                    .putIfAbsent(target.name(), target));
                }
            }
        }
        return announcing;
    }

    /** Its own targets; where nodes announce, those that announce its address. */
    private static List<Target> reached(InstanceListener listener,
            Map<String, Target> announcing) {
        List<Target> own = registered(listener);
        if (!listener.settings().isAnnounced()) {
            return own;
        }
        Map<String, Target> all = new LinkedHashMap<>();
        own.stream().filter(target -> listener.settings().entry() != Entry.ONE_NODE
                || announcing.containsKey(target.name()))
                .forEach(target -> all.put(target.name(), target));
        announcing.forEach((node, target) -> all.merge(node, target,
                (known, other) -> known.healthy() ? known : other));
        return List.copyOf(all.values());
    }

    private static boolean isSecluded(Instance instance, InstanceListener listener) {
        return instance.access().kind() == Access.Kind.INTERNAL
                && listener.settings().secluded();
    }

    /**
     * One node answers for the address: of those that may take traffic the first by the hash of its
     * name and the Service's first address ({@code sortL2Candidates} of MetalLB).
     */
    private static List<Target> elected(List<Target> targets, IpAddress address) {
        return targets.stream().filter(Target::healthy)
                .min(Comparator.comparing(target -> hash(target.name() + "#" + address)))
                .stream().toList();
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@code lb/web}, by the Service; where somebody made the listener by hand, the instance's. */
    static String label(Instance instance, InstanceListener listener) {
        String owner = listener.owner();
        return "lb/" + (owner.isEmpty() ? instance.id()
                : owner.startsWith(DEFAULT_NAMESPACE)
                        ? owner.substring(DEFAULT_NAMESPACE.length())
                : owner);
    }
}
