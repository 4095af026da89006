package dev.podhop.cloud;

import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.net.Endpoint;
import java.util.ArrayList;
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
                        instance.access().kind() == Access.Kind.INTERNAL,
                        listener.settings().entry() == Entry.ONE_NODE ? firstHealthy(targets)
                                : targets));
            }
        }
        return all;
    }

    /** One node answers for the address: the first that may take traffic. */
    private static List<Target> firstHealthy(List<Target> targets) {
        return targets.stream().filter(Target::healthy).limit(1).toList();
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
