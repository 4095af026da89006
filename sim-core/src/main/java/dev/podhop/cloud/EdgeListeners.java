package dev.podhop.cloud;

import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.net.Endpoint;
import dev.podhop.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** What the cloud's load balancers make of the edge: all their listeners, as they are now. */
public final class EdgeListeners {

    private static final String DEFAULT_NAMESPACE = "default/";

    private EdgeListeners() {}

    /** The listeners, those of the oldest instance first. */
    public static List<Listener> of(Cloud cloud) {
        List<Listener> all = new ArrayList<>();
        for (Instance instance : cloud.instances()) {
            for (InstanceListener listener : instance.listeners()) {
                List<Target> targets = listener.backends().stream().map(Backend::target).toList();
                all.add(new Listener(label(instance, listener), listener.protocol(),
                        new Endpoint(listener.vip(), listener.port()), listener.settings(),
                        listener.sources(), isSecluded(instance, listener),
                        listener.settings().entry() == Entry.ONE_NODE
                                ? elected(targets, instance.vips().getFirst())
                                : targets));
            }
        }
        return all;
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
