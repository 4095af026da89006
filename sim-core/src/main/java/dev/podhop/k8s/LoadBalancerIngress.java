package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;

/**
 * One entry point of a load balancer.
 *
 * @param ip empty where the cloud names the load balancer by {@code hostname} only
 * @param ipMode {@code VIP} (the default where there is an address: nodes may answer for it
 *     themselves) or {@code Proxy}; KEP-1860. Empty without an address
 */
public record LoadBalancerIngress(String ip, String hostname, String ipMode) {

    static LoadBalancerIngress read(ObjectReader ingress) {
        String mode = ingress.text("ipMode");
        String ip = ingress.text("ip");
        return new LoadBalancerIngress(ip, ingress.text("hostname"),
                mode.isEmpty() && !ip.isEmpty() ? "VIP" : mode);
    }
}
