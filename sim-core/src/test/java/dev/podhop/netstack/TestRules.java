package dev.podhop.netstack;

import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.netstack.netfilter.Verdict.RejectWith;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A few rules for a router. */
final class TestRules implements RuleProgram {

    private final Map<String, String> redirected = new HashMap<>();
    private final Set<String> masquerading = new HashSet<>();
    private final Map<String, RejectWith> rejected = new HashMap<>();
    private final Set<String> dropped = new HashSet<>();

    /** {@code -t nat -A PREROUTING -d from -j DNAT --to to}, and in OUTPUT. */
    TestRules dnat(String from, String to) {
        redirected.put(from, to);
        return this;
    }

    /** {@code -t nat -A POSTROUTING -o device -j MASQUERADE}. */
    TestRules masquerade(String device) {
        masquerading.add(device);
        return this;
    }

    /** {@code -d destination -j REJECT}, in every chain of the filter table. */
    TestRules reject(String destination, RejectWith with) {
        rejected.put(destination, with);
        return this;
    }

    /** {@code -d destination -j DROP}. */
    TestRules drop(String destination) {
        dropped.add(destination);
        return this;
    }

    @Override
    public List<BaseChain> chains() {
        return List.of(BaseChain.of(IptablesTable.NAT, Hook.PREROUTING, this::translate),
                BaseChain.of(IptablesTable.NAT, Hook.OUTPUT, this::translate),
                BaseChain.of(IptablesTable.FILTER, Hook.INPUT, this::filter),
                BaseChain.of(IptablesTable.FILTER, Hook.FORWARD, this::filter),
                BaseChain.of(IptablesTable.FILTER, Hook.OUTPUT, this::filter),
                BaseChain.of(IptablesTable.NAT, Hook.POSTROUTING, this::source));
    }

    private void translate(PacketView packet, Verdict verdict) {
        String to = redirected.get(destination(packet));
        if (to != null) {
            verdict.action = Action.DNAT;
            verdict.address = TestNetwork.address(to);
            verdict.port = TestNetwork.port(to);
        }
    }

    private void filter(PacketView packet, Verdict verdict) {
        RejectWith with = rejected.get(destination(packet));
        if (with != null) {
            verdict.action = Action.REJECT;
            verdict.rejectWith = with;
        } else if (dropped.contains(destination(packet))) {
            verdict.action = Action.DROP;
        }
    }

    private void source(PacketView packet, Verdict verdict) {
        String out = packet.outputDevice();
        if (out != null && masquerading.contains(out)) {
            verdict.action = Action.MASQUERADE;
        }
    }

    private static String destination(PacketView packet) {
        return packet.destination().withPort(packet.destinationPort());
    }
}
