package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.source.FieldPath;
import java.util.List;

/**
 * What the API server demands of a load balancer's addresses ({@code ValidateLoadBalancerStatus}).
 * The server takes them from the cloud's controller, here they stand in the file.
 */
final class LoadBalancerStatusValidation {

    private static final FieldPath INGRESS =
            FieldPath.of("status").child("loadBalancer").child("ingress");
    private static final List<String> MODES = List.of("VIP", "Proxy");

    private LoadBalancerStatusValidation() {}

    static void validate(List<LoadBalancerIngress> ingress, FieldErrors errors) {
        for (int i = 0; i < ingress.size(); i++) {
            LoadBalancerIngress entry = ingress.get(i);
            FieldPath field = INGRESS.index(i);
            if (!entry.ip().isEmpty()) {
                errors.address(field.child("ip"), field.child("ip"), entry.ip());
            }
            if (entry.ip().isEmpty() && !entry.ipMode().isEmpty()) {
                errors.forbidden(field.child("ipMode"),
                        "may not be specified when `ip` is not set");
            } else if (!entry.ip().isEmpty() && !MODES.contains(entry.ipMode())) {
                errors.notSupported(field.child("ipMode"), entry.ipMode(), MODES);
            }
            hostname(entry.hostname(), field.child("hostname"), errors);
        }
    }

    private static void hostname(String name, FieldPath field, FieldErrors errors) {
        if (name.isEmpty()) {
            return;
        }
        NameRules.dns1123Subdomain(name).forEach(wrong -> errors.invalid(field, name, wrong));
        if (Addresses.parse(name).isPresent()) {
            errors.invalid(field, name, "must be a DNS name, not an IP address");
        }
    }
}
