package dev.podhop.cluster;

import dev.podhop.cloud.Backend;
import dev.podhop.cloud.Backend.Alive;
import dev.podhop.cloud.Cloud;
import dev.podhop.cloud.Instance;
import dev.podhop.cloud.InstanceListener;
import dev.podhop.engine.Agenda;
import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.netstack.device.Device;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How load balancers without a health check find that a node is gone: by members of a cluster of
 * their own that ask each other (MetalLB's memberlist), or by a routing session that ends (BGP's
 * hold time). Neither asks the API server. A node that is back is a member at the next look.
 */
final class NodeWatch {

    /** How often is looked: memberlist's {@code ProbeInterval}. */
    private static final long PERIOD_NANOS = 1_000_000_000L;
    private static final String UPLINK = "eth0";

    private final Cloud cloud;
    private final Agenda agenda;
    private final Supplier<Collection<NodeHost>> hosts;
    /** Since when a node has not answered, by its addresses. */
    private final Map<IpAddress, Long> silentSince = new HashMap<>();
    private boolean running;
    private boolean looking;

    NodeWatch(Cloud cloud, Simulation simulation, Supplier<Collection<NodeHost>> hosts) {
        this.cloud = cloud;
        this.agenda = new Agenda(simulation);
        this.hosts = hosts;
    }

    void start() {
        running = true;
        follow();
    }

    /** Looks from now on, where there is a load balancer that finds nodes so. */
    void follow() {
        if (running && !looking && cloud.instances().stream().map(Instance::listeners)
                .flatMap(Collection::stream).anyMatch(l -> timeout(l) != null)) {
            looking = true;
            agenda.after(PERIOD_NANOS, this::look);
        }
    }

    private static @Nullable Long timeout(InstanceListener listener) {
        return listener.settings().nodeTimeoutNanos();
    }

    private void look() {
        looking = false;
        for (NodeHost host : hosts.get()) {
            for (IpAddress address : host.node().internalAddresses()) {
                if (isSilent(host)) {
                    silentSince.putIfAbsent(address, agenda.nowNanos() - PERIOD_NANOS);
                } else {
                    silentSince.remove(address);
                }
            }
        }
        boolean news = false;
        for (Instance instance : cloud.instances()) {
            for (InstanceListener listener : instance.listeners()) {
                Long timeout = timeout(listener);
                if (timeout != null) {
                    news |= judge(listener, timeout);
                }
            }
        }
        if (news) {
            cloud.tell();
        }
        follow();
    }

    private boolean judge(InstanceListener listener, long timeoutNanos) {
        boolean news = false;
        for (Backend backend : listener.backends()) {
            Long since = silentSince.get(backend.node());
            boolean dead = since != null && agenda.nowNanos() - since >= timeoutNanos;
            news |= backend.found(dead ? Alive.NO : Alive.YES);
        }
        return news;
    }

    private static boolean isSilent(NodeHost host) {
        Device uplink = host.namespace().device(UPLINK);
        return uplink == null || uplink.link() == null || !uplink.link().up();
    }
}
