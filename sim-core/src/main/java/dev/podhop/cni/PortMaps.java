package dev.podhop.cni;

import dev.podhop.cni.PortMap.Entry;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code hostPort}: the rules of the reference portmap plugin (1.1.1) on one node; without
 * {@code snat} nothing is marked.
 *
 * <pre>
 *   PREROUTING, OUTPUT -- dst-type LOCAL --> CNI-HOSTPORT-DNAT --> CNI-DN-... --> DNAT
 *   (behind KUBE-SERVICES)                                             | from the pod's subnet,
 *                                                                      v from 127.0.0.1
 *   POSTROUTING --> CNI-HOSTPORT-MASQ: 0x2000 is masqueraded   CNI-HOSTPORT-SETMARK
 * </pre>
 *
 * <p>The plugin appends to the one and inserts into the other, so that a node port of the same
 * number is asked first. Calls from outside keep their source.
 */
public final class PortMaps implements RuleProgram {

    static final String LOOPBACK = "127.0.0.1/32";
    private static final int MARK = 0x2000;

    private final List<PortMap> maps;
    private final boolean snat;
    private final Map<Integer, List<Mapped>> byPort = new HashMap<>();

    private record Mapped(PortMap map, Entry entry) {}

    /**
     * @param maps in the order in which the plugin was called
     * @param snat whether any source is masqueraded
     */
    public PortMaps(List<PortMap> maps, boolean snat) {
        this.maps = List.copyOf(maps);
        this.snat = snat;
        for (PortMap map : maps) {
            for (Entry entry : map.entries()) {
                byPort.computeIfAbsent(key(entry.protocol(), entry.hostPort()),
                        key -> new ArrayList<>()).add(new Mapped(map, entry));
            }
        }
    }

    private static int key(L4Protocol protocol, int port) {
        return protocol.ordinal() << 16 | port;
    }

    @Override
    public List<BaseChain> chains() {
        return maps.stream().flatMap(map -> map.entries().stream()).map(Entry::family).distinct()
                .flatMap(this::chains).toList();
    }

    private Stream<BaseChain> chains(IpFamily family) {
        Stream<BaseChain> translating = Stream.of(
                BaseChain.of(IptablesTable.NAT, Hook.PREROUTING, this::translate).atBottom(),
                BaseChain.of(IptablesTable.NAT, Hook.OUTPUT, this::translate).atBottom());
        Stream<BaseChain> masquerading = snat
                ? Stream.of(BaseChain.of(IptablesTable.NAT, Hook.POSTROUTING, PortMaps::source))
                : Stream.of();
        return Stream.concat(translating, masquerading).map(chain -> chain.of(family));
    }

    private void translate(PacketView packet, Verdict verdict) {
        Mapped mapped = find(packet);
        if (mapped == null) {
            return;
        }
        Entry entry = mapped.entry;
        boolean inside = entry.subnet().contains(packet.source());
        boolean marked = snat && (inside || packet.source().same(IpAddress.LOOPBACK_V4));
        RuleLog log = packet.log();
        if (log != null) {
            tell(log, packet, mapped, marked, inside ? entry.source() : LOOPBACK);
        }
        if (marked) {
            verdict.mark |= MARK;
        }
        verdict.action = Action.DNAT;
        verdict.address = entry.to().address();
        verdict.port = entry.to().port();
    }

    private @Nullable Mapped find(PacketView packet) {
        List<Mapped> candidates =
                byPort.get(key(packet.protocol(), packet.destinationPort()));
        if (candidates == null || !packet.isLocalAddress(packet.destination())) {
            return null;
        }
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).entry.isFor(packet.destination())) {
                return candidates.get(i);
            }
        }
        return null;
    }

    private static void tell(RuleLog log, PacketView packet, Mapped mapped, boolean marked,
            String source) {
        Entry entry = mapped.entry;
        String port = String.valueOf(entry.hostPort());
        log.matched("nat", packet.hook().name(), PortMapText.ENTER,
                CniReason.HOST_PORTS_ENTERED.of(packet.destination()));
        log.matched("nat", PortMapText.DNAT_CHAIN, PortMapText.jump(mapped.map, entry),
                CniReason.HOST_PORT.of(port, mapped.map.pod()));
        if (marked) {
            log.matched("nat", mapped.map.chain(), PortMapText.mark(entry, source),
                    CniReason.HOST_PORT_MARK.of(packet.source()));
            log.matched("nat", PortMapText.MARK_CHAIN, PortMapText.SET_MARK,
                    CniReason.HOST_PORT_MARKED.of());
        }
        log.matched("nat", mapped.map.chain(), PortMapText.translate(entry),
                CniReason.HOST_PORT_DNAT.of(port, mapped.map.pod(), entry.to()));
    }

    private static void source(PacketView packet, Verdict verdict) {
        if ((packet.mark() & MARK) == 0) {
            return;
        }
        verdict.action = Action.MASQUERADE;
        RuleLog log = packet.log();
        if (log != null) {
            log.matched("nat", Hook.POSTROUTING.name(), PortMapText.LEAVE,
                    CniReason.HOST_PORT_LEAVING.of());
            log.matched("nat", PortMapText.MASQ_CHAIN, PortMapText.MASQUERADE,
                    CniReason.HOST_PORT_MASQ.of(packet.source()));
        }
    }

    /** Chain and text of each rule of a family in the nat table. */
    public void rules(IpFamily family, BiConsumer<String, String> out) {
        PortMapText.rules(maps, family, snat, out);
    }
}
