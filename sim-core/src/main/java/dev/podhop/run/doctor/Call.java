package dev.podhop.run.doctor;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.Send;
import org.jspecify.annotations.Nullable;

/**
 * A call that is to be answered.
 *
 * @param family of the address that is called; null where the name decides
 */
record Call(Service service, ServicePort port, Door door, FlowTarget target,
        @Nullable IpFamily family, Caller caller) {

    /** Longer than ARP's three tries, so that a pod that is gone shows as unreachable. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /** A resolver asks again after 5 s. */
    private long patience() {
        return door == Door.NAME ? 3 * PATIENCE_NANOS : PATIENCE_NANOS;
    }

    /** The call as a flow of one attempt. */
    Send send() {
        L4Protocol protocol = port.l4Protocol();
        return new Send("doctor", caller.source(), target, family, protocol, null, null, null,
                null, null, null, false, null, false, null, null,
                protocol == L4Protocol.TCP ? patience() : null, 0, true);
    }
}
