package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.List;

/**
 * {@code status} of a Pod.
 *
 * @param phase Pending, Running, Succeeded, Failed or Unknown; empty until set
 * @param podIPs all its addresses, the primary one first; {@code podIP} alone is enough in a file
 */
public record PodStatus(String phase, List<String> podIPs, String hostIP,
        List<Condition> conditions) {

    static PodStatus read(ObjectReader status) {
        return new PodStatus(status.text("phase"),
                status.pluralized("podIP", status.list("podIPs", ip -> ip.text("ip"))),
                status.text("hostIP"),
                status.list("conditions", Condition::read));
    }

    /** The primary address; empty until there is one. */
    public String podIP() {
        return podIPs.isEmpty() ? "" : podIPs.getFirst();
    }
}
