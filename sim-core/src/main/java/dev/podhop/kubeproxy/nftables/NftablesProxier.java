package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.Decider;
import dev.podhop.kubeproxy.FamilyNode;
import dev.podhop.kubeproxy.LocalTrafficDetector;
import dev.podhop.kubeproxy.PortChange;
import dev.podhop.kubeproxy.Proxier;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.Refusal;
import dev.podhop.kubeproxy.ServedPort;
import dev.podhop.kubeproxy.ServiceTable;
import dev.podhop.kubeproxy.ServiceTable.CaptureKind;
import dev.podhop.kubeproxy.nftables.NftablesState.Family;
import dev.podhop.net.IpFamily;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** kube-proxy in nftables mode on one node: two proxiers, one a family. */
public final class NftablesProxier implements Proxier {

    private final ProxyNode facts;
    private final ProxyConfig config;
    private final Map<IpFamily, FamilyNode> nodes = new EnumMap<>(IpFamily.class);

    public NftablesProxier(ProxyNode node, ProxyConfig config) {
        this.facts = node;
        this.config = config;
        for (IpFamily family : IpFamily.values()) {
            nodes.put(family, FamilyNode.of(family, node, config));
        }
    }

    @Override
    public Map<String, String> sysctls() {
        return Map.of();
    }

    @Override
    public NftablesState sync(ProxyTables tables, @Nullable ProxyState inForce) {
        NftablesState before = inForce instanceof NftablesState state ? state : null;
        ProxyTables known = before == null ? ProxyTables.empty(tables.version())
                : before.tables();
        Map<IpFamily, Family> families = new EnumMap<>(IpFamily.class);
        Map<IpFamily, ServiceTable> programmed = new EnumMap<>(IpFamily.class);
        nodes.forEach((family, node) -> {
            boolean loads = loads(tables.of(family), node, before)
                    && !isContradictory(tables.of(family), node);
            NftablesProgram kept = before == null ? null : before.family(family).program();
            families.put(family, new Family(node,
                    loads ? NftablesProgram.of(tables.of(family), node, config) : kept, loads));
            programmed.put(family, (loads ? tables : known).of(family));
        });
        return new NftablesState(facts.name(),
                new ProxyTables(tables.version(),
                        Objects.requireNonNull(programmed.get(IpFamily.IPv4)),
                        Objects.requireNonNull(programmed.get(IpFamily.IPv6))),
                families);
    }

    /**
     * Whether {@code nft} takes the transaction. Up to 1.34 pods are told by {@code iif}, which
     * wants a device of exactly that name; a prefix is none ("Interface does not exist",
     * k/k#134024). One rule that it refuses is enough.
     */
    private boolean loads(ServiceTable table, FamilyNode node, @Nullable NftablesState before) {
        if (config.version().nftMatchesDeviceNames()
                || !(node.detector() instanceof LocalTrafficDetector.ByDevice device)
                || !device.isPrefix() && facts.devices().contains(device.device())) {
            return true;
        }
        if (before == null || before.family(node.family()).node() != node
                || !before.isSynced(node.family())) {
            return table.ports().stream().noneMatch(port -> asksForPods(port, node));
        }
        // what is loaded has no such rule
        return table.changesSince(before.tables().of(node.family())).stream()
                .map(PortChange::after)
                .noneMatch(port -> port != null && asksForPods(port, node));
    }

    /**
     * Whether two Services want different verdicts of one key of a map. Up to 1.32 a sync empties
     * the maps and adds every element, and the kernel refuses the second ({@code EEXIST} of
     * {@code nft_add_set_elem}); since 1.33 the later one replaces the other
     * ({@code nftElementStorage.ensureElem}, k/k#126013).
     */
    private boolean isContradictory(ServiceTable table, FamilyNode node) {
        if (config.version().syncsPartially(ProxyMode.NFTABLES) || !table.isContested()) {
            return false;
        }
        for (int head = 0; head < table.captureCount(); head++) {
            for (int c = table.next(head); c != ServiceTable.NONE; c = table.next(c)) {
                if (table.port(head) != table.port(c) && contradicts(table, head, c, node)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** In {@code service-ips}, {@code firewall-ips} or {@code no-endpoint-services}. */
    private static boolean contradicts(ServiceTable table, int one, int other, FamilyNode node) {
        Refusal refused = Decider.refusal(table.kind(one), table.port(one), node);
        Refusal alsoRefused = Decider.refusal(table.kind(other), table.port(other), node);
        return isTranslated(table, one, node) && isTranslated(table, other, node)
                || isGuarded(table, one) && isGuarded(table, other)
                || refused != Refusal.NONE && alsoRefused != Refusal.NONE
                        && refused != alsoRefused;
    }

    private static boolean isTranslated(ServiceTable table, int capture, FamilyNode node) {
        ServedPort port = table.port(capture);
        return table.kind(capture) == CaptureKind.CLUSTER_IP ? !port.internal(node).isEmpty()
                : port.selection().hasAny();
    }

    private static boolean isGuarded(ServiceTable table, int capture) {
        return table.kind(capture) == CaptureKind.LOAD_BALANCER_VIP
                && table.port(capture).info().hasSourceRanges();
    }

    private boolean asksForPods(ServedPort port, FamilyNode node) {
        return !config.masqueradeAll() && !port.internal(node).isEmpty()
                || port.selection().hasAny() && port.info().externallyAccessible()
                        && port.info().externalPolicyLocal();
    }
}
