package dev.podhop.netstack.nat;

import dev.podhop.net.Direction;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.packet.Packet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A node reduced to conntrack and NAT, its hooks walked in the kernel's order. */
public final class MiniNode {

    /** A DNAT rule; {@code port} 0 matches and keeps any port. */
    record Dnat(L4Protocol protocol, IpAddress to, int port, IpAddress backend, int backendPort) {}

    /** How a packet's visit ended. */
    public enum End {
        FORWARDED,
        DELIVERED,
        SENT,
        /** By a rule in INPUT, before confirmation. */
        FILTERED,
        TABLE_FULL,
        NO_FREE_PORT,
        INSERT_FAILED
    }

    public final ConntrackTable ct;
    public long nowNanos;
    /** What the last packet looked like after PREROUTING or OUTPUT. */
    public String midway = "";

    private final NatBinding nat = new NatBinding();
    private final List<Dnat> rules = new ArrayList<>();
    private final Set<IpAddress> local = new HashSet<>();
    private PortChooser ports = bound -> 0;
    private IpAddress masqueradeTo = IpAddress.ANY_V4;
    private boolean filterInput;
    private boolean masquerade;
    private boolean randomFully;

    public MiniNode(ConntrackSettings settings) {
        ct = new ConntrackTable(settings);
    }

    public MiniNode local(String... addresses) {
        for (String address : addresses) {
            local.add(IpAddress.of(address));
        }
        return this;
    }

    /** Drops whatever is for the node itself. */
    public MiniNode filterInput() {
        filterInput = true;
        return this;
    }

    public MiniNode dnat(L4Protocol protocol, String to, int port, String backend,
            int backendPort) {
        rules.add(new Dnat(protocol, IpAddress.of(to), port, IpAddress.of(backend), backendPort));
        return this;
    }

    public MiniNode noDnat() {
        rules.clear();
        return this;
    }

    public MiniNode masquerade(String to, boolean fully, PortChooser chooser) {
        masquerade = true;
        masqueradeTo = IpAddress.of(to);
        randomFully = fully;
        ports = chooser;
        return this;
    }

    /** A packet that came by wire: forwarded, or delivered if it is for this node. */
    public End receive(Packet packet) {
        if (!ct.in(packet, nowNanos)) {
            return End.TABLE_FULL;
        }
        destination(packet, Hook.PREROUTING);
        midway = text(packet);
        if (filterInput && local.contains(packet.destination)) {
            ct.discardUnconfirmed(packet);
            return End.FILTERED;
        }
        return local.contains(packet.destination) ? leave(packet, Hook.INPUT, End.DELIVERED)
                : leave(packet, Hook.POSTROUTING, End.FORWARDED);
    }

    /** A packet of this node's own. */
    public End send(Packet packet) {
        if (!ct.in(packet, nowNanos)) {
            return End.TABLE_FULL;
        }
        destination(packet, Hook.OUTPUT);
        midway = text(packet);
        return leave(packet, Hook.POSTROUTING, End.SENT);
    }

    private void destination(Packet packet, Hook hook) {
        if (nat.needsBinding(ct, packet, hook)) {
            Dnat rule = rule(packet);
            if (rule != null) {
                nat.destination(ct, packet, rule.backend, rule.backendPort, ports, nowNanos);
            } else {
                nat.nullBinding(ct, packet, hook, ports, nowNanos);
            }
        }
        nat.translate(ct, packet, hook);
    }

    private End leave(Packet packet, Hook hook, End end) {
        if (nat.needsBinding(ct, packet, hook)) {
            boolean free = masquerade && hook == Hook.POSTROUTING
                    ? nat.source(ct, packet, masqueradeTo, randomFully, ports, nowNanos)
                    : nat.nullBinding(ct, packet, hook, ports, nowNanos);
            if (!free) {
                ct.discardUnconfirmed(packet);
                return End.NO_FREE_PORT;
            }
        }
        nat.translate(ct, packet, hook);
        if (!ct.confirm(packet, nowNanos)) {
            ct.discardUnconfirmed(packet);
            return End.INSERT_FAILED;
        }
        return end;
    }

    private Dnat rule(Packet packet) {
        for (Dnat rule : rules) {
            if (rule.protocol == packet.protocol && rule.to.equals(packet.destination)
                    && (rule.port == 0 || rule.port == packet.destinationPort)) {
                return rule;
            }
        }
        return null;
    }

    /** {@code 10.1.0.2:1000 > 10.2.0.2:80}. */
    public static String text(Packet packet) {
        return packet.source.withPort(packet.sourcePort) + " > "
                + packet.destination.withPort(packet.destinationPort);
    }

    /** The entry's two tuples, {@code original | reply}. */
    public String entry(Packet packet) {
        return ct.tuple(packet.conntrack, Direction.ORIGINAL) + " | "
                + ct.tuple(packet.conntrack, Direction.REPLY);
    }
}
