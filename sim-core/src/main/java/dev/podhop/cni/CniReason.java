package dev.podhop.cni;

import dev.podhop.trace.Cites;
import dev.podhop.trace.Evidence;
import dev.podhop.trace.Reason;
import java.util.List;

/** Why the pods' network did something; the sentences live in the reports' bundles. */
public enum CniReason implements Reason {
    /** A pod's packet leaves the cluster's network with its node's address. */
    IP_MASQ("cni.ipmasq", Cites.setting("network.ipMasq"), "destination"),
    /** The host's own address was called: perhaps a hostPort. */
    HOST_PORTS_ENTERED("cni.hostport.entered", "destination"),
    HOST_PORT("cni.hostport", Of.PORTS, "port", "pod"),
    /** Who calls would otherwise be answered by the pod itself, or not at all. */
    HOST_PORT_MARK("cni.hostport.mark", "source"),
    HOST_PORT_MARKED("cni.hostport.marked"),
    HOST_PORT_DNAT("cni.hostport.dnat", Of.PORTS, "port", "pod", "endpoint"),
    HOST_PORT_LEAVING("cni.hostport.leaving"),
    HOST_PORT_MASQ("cni.hostport.masquerade", "source");

    private final Wording wording;

    CniReason(String code, String... arguments) {
        this(code, Cites.NOTHING, arguments);
    }

    CniReason(String code, Cites cites, String... arguments) {
        this.wording = Wording.of(code, cites, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }

    private static final class Of {
        /** {@code pod} is as the trace names it: {@code web-1}, {@code shop/web-1}. */
        static final Cites PORTS = arguments -> {
            String pod = arguments.getOrDefault("pod", "");
            int slash = pod.indexOf('/');
            return List.of(new Evidence.Field("pod", slash < 0 ? "default"
                    : pod.substring(0, slash), pod.substring(slash + 1), "spec.containers"));
        };

        private Of() {}
    }
}
