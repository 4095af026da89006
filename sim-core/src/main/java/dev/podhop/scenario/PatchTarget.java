package dev.podhop.scenario;

import dev.podhop.k8s.ObjectKey;

/** What a patch changes. */
public sealed interface PatchTarget {

    /** An object of the API. {@code service/web} */
    record ObjectTarget(ObjectKey key) implements PatchTarget {
        @Override
        public String toString() {
            return key.toString();
        }
    }

    /**
     * A load balancer of the cloud, as somebody at the cloud's console changes it: by its Service,
     * {@code loadbalancer/web}, or its id, {@code loadbalancer/lb-1a2b3c4d}.
     */
    record LoadBalancerTarget(String namespace, String name) implements PatchTarget {
        @Override
        public String toString() {
            return "loadbalancer/" + Names.qualified(namespace, name);
        }
    }
}
