package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.ServicePortInfo;
import dev.podhop.net.SocketAddress;

/**
 * The rules of one endpoint of a Service port.
 *
 * @param number its place among those that are drawn from
 * @param ip {@code ip} or {@code ip6}
 */
record EndpointChains(ServicePortInfo info, SocketAddress endpoint, int number, String ip) {

    private String base() {
        return HashedNames.endpoint(info.name(), endpoint);
    }

    String chain() {
        return "endpoint-" + base();
    }

    /** The set of sources that it served lately. */
    String affinitySet() {
        return "affinity-" + base();
    }

    /** Sends back whom this endpoint served lately. */
    NftRule affinity(String from) {
        return new NftRule(from, ip + " saddr @" + affinitySet() + " goto " + chain());
    }

    /** A pod that calls itself would drop its own packet as a martian: masquerade. */
    NftRule markHairpin() {
        return new NftRule(chain(),
                ip + " saddr " + endpoint.address() + " jump mark-for-masquerade");
    }

    /** Notes the source, or starts its time anew. */
    NftRule remember() {
        return new NftRule(chain(), "update @" + affinitySet() + " { " + ip + " saddr }");
    }

    NftRule translate() {
        return new NftRule(chain(), "meta l4proto " + info.name().protocol().lowerCase()
                + " dnat to " + endpoint);
    }
}
