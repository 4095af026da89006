package dev.podhop.cluster;

import dev.podhop.cni.IpMasq;
import dev.podhop.kubeproxy.ProxyHealth;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.SyncRunner;
import dev.podhop.kubeproxy.iptables.IptablesProxier;
import dev.podhop.kubeproxy.iptables.IptablesRuleset;
import dev.podhop.kubeproxy.iptables.IptablesState;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.netfilter.RuleProgram;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One node's kube-proxy, and the CNI's rules beside it. */
final class NodeProxy {

    final NodeHost host;
    final IptablesProxier proxier;
    final @Nullable IpMasq masquerade;
    final ProxyHealth health;
    final Set<Integer> healthPorts = new LinkedHashSet<>();
    /** Resource version of the last write that this node has heard of. */
    long seen;
    /** How many runs it has begun. */
    int runs;
    /** Null only until it is made. */
    @Nullable SyncRunner runner;
    /** What the run under way will put in force. */
    @Nullable ProxyTables syncing;
    private @Nullable IptablesState state;

    NodeProxy(NodeHost host, IptablesProxier proxier, @Nullable IpMasq masquerade,
            ProxyHealth health) {
        this.host = host;
        this.proxier = proxier;
        this.masquerade = masquerade;
        this.health = health;
    }

    /** What is in force on the node; null before the first sync. */
    @Nullable IptablesState state() {
        return state;
    }

    /** What is in force on a node that has synced. */
    IptablesState programmed() {
        return Objects.requireNonNull(state, () -> host.name() + " has not synced yet");
    }

    /** Puts tables in force, all at once: {@code iptables-restore} commits a table as a whole. */
    void program(ProxyTables tables) {
        IptablesState next = proxier.sync(tables);
        List<RuleProgram> programs = new ArrayList<>(List.of(next.program()));
        if (masquerade != null) {
            programs.add(masquerade);
        }
        host.namespace().programs(programs);
        host.namespace().recent().retain(next.affinityLists());
        state = next;
    }

    /** The node's rules as {@code iptables-save} prints them; on dual stack both families'. */
    String save() {
        return programmed().text(ruleset(IpFamily.IPv4), ruleset(IpFamily.IPv6));
    }

    private IptablesRuleset ruleset(IpFamily family) {
        IptablesRuleset own = programmed().ruleset(family);
        List<String> added = masquerade == null ? List.of() : masquerade.rules(family);
        return added.isEmpty() ? own : own.with("nat", "POSTROUTING", added);
    }
}
