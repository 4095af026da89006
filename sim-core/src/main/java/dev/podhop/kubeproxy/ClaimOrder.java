package dev.podhop.kubeproxy;

import dev.podhop.engine.Keys;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * In which order a node's rules have the Services that claim one address and port: a shared load
 * balancer address, an external IP that two name.
 *
 * <p>{@code syncProxyRules} goes through a map of Go, whose order is another each time. In iptables
 * mode the rule that comes first is asked first; in nftables and ipvs mode a later Service replaces
 * what an earlier one wrote. Either way one of them is ahead, each as likely as the other, on each
 * node by itself, and drawn anew by a sync: as long as the table stays as it is, so does the order.
 *
 * <p>Kept by whoever asks, and refilled for each packet: asking allocates nothing.
 */
public final class ClaimOrder {

    private static final long ORDER = Keys.of("order of Services");

    private final ServiceTable table;
    /** Captures of the destination: those before {@link #drawn} stand where they stand. */
    private int[] claims = new int[4];
    private int count;
    private int drawn;
    private int at;
    private int draws;
    private long who;
    private boolean contested;

    public ClaimOrder(ServiceTable table) {
        this.table = table;
    }

    /** The capture that is ahead for the packet's destination, or {@link ServiceTable#NONE}. */
    public int first(PacketView packet) {
        count = 0;
        drawn = 0;
        draws = 0;
        at = 0;
        contested = false;
        int head = table.find(packet.destination(), packet.protocol(), packet.destinationPort());
        who = head == ServiceTable.NONE ? 0 : ORDER ^ table.port(head).key();
        for (int c = head; c != ServiceTable.NONE; c = table.next(c)) {
            if (count == claims.length) {
                claims = Arrays.copyOf(claims, 2 * count);
            }
            claims[count++] = c;
            contested |= table.portIndex(c) != table.portIndex(head);
        }
        return next(packet);
    }

    /** The capture that comes after the one that was given last. */
    public int next(PacketView packet) {
        if (at == count) {
            return ServiceTable.NONE;
        }
        if (at == drawn) {
            draw(packet);
        }
        return claims[at++];
    }

    /** Moves the captures of one of the Service ports left to where the order goes on. */
    private void draw(PacketView packet) {
        int left = 0;
        for (int i = drawn; i < count; i++) {
            left += begins(i) ? 1 : 0;
        }
        int pick = left == 1 ? 0
                : packet.chooseLasting(Keys.of(who, draws), table.contentKey(), left);
        draws++;
        int from = drawn;
        while (pick > 0 || !begins(from)) {
            pick -= begins(from) ? 1 : 0;
            from++;
        }
        int port = table.portIndex(claims[from]);
        for (int i = from; i < count && table.portIndex(claims[i]) == port; i++) {
            int moved = claims[i];
            System.arraycopy(claims, drawn, claims, drawn + 1, i - drawn);
            claims[drawn++] = moved;
        }
    }

    /** Whether the captures of another Service port begin here: one port's stand together. */
    private boolean begins(int i) {
        return i == drawn || table.portIndex(claims[i]) != table.portIndex(claims[i - 1]);
    }

    /** Tells whose the packet is; where chance put one Service ahead of others, that too. */
    public void tell(RuleLog log, PacketView packet, Place place, Decision decision) {
        String destination = packet.destination().withPort(packet.destinationPort());
        Object name = decision.served().info().name();
        log.matched(place.table(), place.chain(), place.rule(), !contested
                ? KubeProxyReason.ofCapture(decision.capture()).of(name, destination)
                : KubeProxyReason.CLAIMED_BY_SEVERAL.of(name,
                        Arrays.stream(claims, 0, count).sorted()
                                .mapToObj(claim -> table.port(claim).info().name().toString())
                                .distinct().collect(Collectors.joining(", ")),
                        destination));
    }

    /** A rule where it stands. */
    public record Place(String table, String chain, String rule) {}
}
