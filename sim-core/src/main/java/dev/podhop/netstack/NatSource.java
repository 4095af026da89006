package dev.podhop.netstack;

import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.Packet;

/**
 * {@code nf_nat_ipv4_out} and {@code nf_nat_ipv4_local_in}: as {@link NatDestination}, for the
 * source. In INPUT nobody has rules as a rule: a new connection gets a null binding there.
 */
final class NatSource implements Callback {

    private final NatStage nat;
    private final RuleChain[] chains;

    NatSource(NatStage nat, RuleChain[] chains) {
        this.nat = nat;
        this.chains = chains;
    }

    @Override
    public int priority() {
        return 100;
    }

    @Override
    public boolean call(HookView at, Packet p, Verdict verdict) {
        if (nat.asks(at, p)
                && !(nat.ask(chains, at, p, verdict) && nat.bindSource(at, p, verdict))) {
            return false;
        }
        nat.apply(at, p);
        return true;
    }
}
