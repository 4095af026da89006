package dev.podhop.kubelet;

import dev.podhop.k8s.Pod;
import dev.podhop.net.IpAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a node does for its pods: the container runtime, the network plugin, the kernel.
 *
 * <p>All of it happens at once; what takes time is kubelet's to wait for, except a process's own
 * way from its start to an open port, and from SIGTERM to its end.
 */
public interface PodRuntime {

    /** Makes the pod's network and plugs it in with these addresses, one a family. */
    void makeSandbox(Pod pod, List<IpAddress> addresses);

    /** Unplugs the pod's network; what is sent to its addresses now finds nobody. */
    void removeSandbox(Pod pod);

    /** Starts a container's process, which opens its ports when it is up. */
    void start(Pod pod, String container);

    /**
     * Sends SIGTERM to a container's process.
     *
     * @param exited called when, and if, it ends by itself; perhaps before this returns
     */
    void terminate(Pod pod, String container, Runnable exited);

    /** Ends a container's process: SIGKILL, or a crash. Without a process, nothing happens. */
    void kill(Pod pod, String container);

    /**
     * Sends a request from the pod's node.
     *
     * @param done told once whether it succeeded
     */
    void request(Pod pod, NodeRequest request, Consumer<Boolean> done);

    /** A node loses its power: its pods' processes end, nothing comes in or goes out. */
    void nodeDown(String node);

    /** A node has power again, and remembers nothing: its pods have no network. */
    void nodeUp(String node);
}
