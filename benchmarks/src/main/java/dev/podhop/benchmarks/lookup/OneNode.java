package dev.podhop.benchmarks.lookup;

import dev.podhop.kubeproxy.LocalTrafficDetector;
import dev.podhop.kubeproxy.Proxier;
import dev.podhop.kubeproxy.ProxyConfig;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.kubeproxy.ProxyNode;
import dev.podhop.kubeproxy.ProxyState;
import dev.podhop.kubeproxy.ProxyTables;
import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.kubeproxy.iptables.IptablesProxier;
import dev.podhop.kubeproxy.ipvs.IpvsProxier;
import dev.podhop.kubeproxy.nftables.NftablesProxier;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.ipvs.IpvsTable;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.packet.Packet;
import dev.podhop.packet.PacketPool;
import dev.podhop.packet.TcpFlags;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What kube-proxy, in one of its modes, has made of a node's kernel. */
public final class OneNode {

    /** So often one calls: IPVS forgets what nobody answers, and holds some thousands. */
    private static final long EVERY_NANOS = 10_000_000;

    private final Proxier proxier;
    private final IpvsTable ipvs = new IpvsTable();
    private final FirstPacket view = new FirstPacket();
    private final Verdict verdict = new Verdict();
    private final Packet packet = new PacketPool().allocate();
    private BaseChain.@Nullable Rules translation;
    private @Nullable ProxyState state;

    public OneNode(ProxyMode mode) {
        ProxyNode node = new ProxyNode("n1", null, List.of(IpAddress.of("10.0.0.11")), List.of(),
                List.of(IpAddress.of("10.0.0.11")), Set.of());
        ProxyConfig config = new ProxyConfig(mode, ProxyVersion.NEWEST, List.of(),
                LocalTrafficDetector.Mode.ClusterCIDR, "", "", List.of(), false, 14, true, false,
                List.of(), "rr");
        proxier = switch (mode) {
            case IPTABLES -> new IptablesProxier(node, config);
            case NFTABLES -> new NftablesProxier(node, config);
            case IPVS -> new IpvsProxier(node, config);
        };
        packet.protocol = L4Protocol.TCP;
        packet.source = view.source();
        packet.destinationPort = view.destinationPort();
        packet.tcpFlags = TcpFlags.SYN;
    }

    /** Syncs these tables; returns how many virtual servers the kernel was told. */
    public int sync(ProxyTables tables) {
        ProxyState before = state;
        ProxyState next = proxier.sync(tables, before);
        state = next;
        translation = next.program().chains().stream()
                .filter(chain -> chain.hook() == Hook.PREROUTING
                        && chain.family() == IpFamily.IPv4)
                .max((a, b) -> Integer.compare(a.priority(), b.priority())).orElseThrow().rules();
        boolean changed = before != null && next.isOfServicesOf(before);
        var servers = changed ? next.changedVirtualServers(Objects.requireNonNull(before))
                : next.virtualServers();
        if (changed) {
            ipvs.update(servers, 0);
        } else {
            ipvs.apply(servers, List.of(), 0);
        }
        return servers.size();
    }

    /** Gives a first packet's translation; the kernel's cost is put down as a number. */
    public long translate(IpAddress destination) {
        verdict.begin(0);
        Objects.requireNonNull(translation).ask(view.to(destination), verdict);
        return verdict.port + verdict.costNanos;
    }

    /** The same where IPVS chooses: a connection is made. */
    public long schedule(IpAddress destination) {
        packet.destination = destination;
        packet.sourcePort = packet.sourcePort + 1 & 0xffff;
        view.later(EVERY_NANOS);
        return Objects.requireNonNull(ipvs.in(view, packet, false).server()).port();
    }
}
