package dev.podhop.cli.live;

import java.util.List;

/**
 * A list of objects that is asked for, by kubectl's full name, so that no add-on's resource of the
 * same short name is taken for it.
 *
 * @param resource plural and group, such as {@code deployments.apps}
 * @param namespaced whether it can be read for one namespace alone
 * @param use what an answer lacks without it; empty for what no answer can be given without
 */
record Wanted(String resource, boolean namespaced, String use) {

    /** Everything that decides a packet's fate. No Secrets, no Events. */
    static final List<Wanted> ALL = List.of(
            new Wanted("services", true, ""),
            new Wanted("pods", true, ""),
            new Wanted("nodes", false,
                    "nodes are made from where pods say they are; zones, addresses and the"
                            + " version are guesses"),
            new Wanted("namespaces", false, "namespaces are taken from the objects in them"),
            new Wanted("endpointslices.discovery.k8s.io", true,
                    "endpoints are worked out from selectors; slices written by hand are missing"),
            new Wanted("endpoints", true, "Endpoints written by hand are missing"),
            new Wanted("deployments.apps", true, "rollouts cannot be tried"),
            new Wanted("replicasets.apps", true, "rollouts cannot be tried"),
            new Wanted("statefulsets.apps", true, "rollouts cannot be tried"),
            new Wanted("daemonsets.apps", true, "agents on nodes are known by their pods alone"),
            new Wanted("replicationcontrollers", true, "rollouts cannot be tried"),
            new Wanted("networkpolicies.networking.k8s.io", true,
                    "a policy that forbids a call is not named"));

    /** ConfigMaps that say how the network was set up: by name; others are nobody's business. */
    static final List<String> CONFIG_MAPS = List.of("kube-proxy", "kube-proxy-config", "coredns",
            "kubeadm-config", "node-local-dns", "cilium-config", "calico-config",
            "ip-masq-agent");

    static final String CONFIG_MAP_NAMESPACE = "kube-system";

    boolean isEssential() {
        return use.isEmpty();
    }
}
