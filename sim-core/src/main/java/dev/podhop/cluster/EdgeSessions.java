package dev.podhop.cluster;

import dev.podhop.cloud.Listener;
import dev.podhop.cloud.LoadBalancerSettings.Vendor;
import dev.podhop.cloud.OpenSessions;
import dev.podhop.cloud.Target;
import dev.podhop.engine.Agenda;
import dev.podhop.engine.Simulation;
import dev.podhop.net.Endpoint;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.conntrack.ConntrackEntry;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.conntrack.CtTimeout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The load balancers' sessions, which are the edge's conntrack entries.
 *
 * <p>A session outlives its backend's place among the targets: no new connection goes there, those
 * under way go on for the deregistration delay. One that says nothing for the idle timeout is
 * forgotten without a word to either side; the next packet then belongs to no session, and where it
 * is sent its receiver resets it. The table has one idle timeout: the shortest of all load
 * balancers'.
 */
final class EdgeSessions implements OpenSessions {

    private static final Set<String> OPEN = Set.of("SYN_SENT", "SYN_RECV", "ESTABLISHED");
    private static final long SECOND = 1_000_000_000L;

    private final ConntrackTable table;
    private final Agenda agenda;
    /** Those whose sessions will end. */
    private final Map<Departure, Agenda.Item> leaving = new HashMap<>();

    /** A target that a listener has no more. */
    private record Departure(L4Protocol protocol, Endpoint vip, Target target) {

        boolean isOf(ConntrackEntry entry) {
            return entry.protocol() == protocol
                    && entry.original().destination().equals(vip.address())
                    && entry.original().destinationPort() == vip.port()
                    && (target.node().equals(entry.via())
                            || entry.reply().source().equals(target.endpoint().address())
                                    && entry.reply().sourcePort() == target.endpoint().port());
        }
    }

    EdgeSessions(ConntrackTable table, Simulation simulation) {
        this.table = table;
        this.agenda = new Agenda(simulation);
    }

    /** Targets have changed; one that is back in time keeps its sessions. */
    void follow(List<Listener> before, List<Listener> now) {
        Set<Departure> staying = new HashSet<>();
        now.forEach(listener -> listener.targets()
                .forEach(target -> staying.add(departure(listener, target))));
        staying.forEach(this::keep);
        for (Listener listener : before) {
            Long delay = delay(listener, now);
            for (Target target : listener.targets()) {
                Departure departure = departure(listener, target);
                if (delay != null && !staying.contains(departure)) {
                    keep(departure);
                    leaving.put(departure, agenda.after(delay, () -> end(departure)));
                }
            }
        }
        forgetIdle(now);
    }

    private void keep(Departure departure) {
        Agenda.Item end = leaving.remove(departure);
        if (end != null) {
            end.cancel();
        }
    }

    /** With its listener a cloud's load balancer gives up all sessions. */
    private static @Nullable Long delay(Listener listener,
            List<Listener> now) {
        boolean there = now.stream().anyMatch(other -> other.vip().equals(listener.vip())
                && other.protocol() == listener.protocol());
        return there || listener.settings().vendor() == Vendor.PLAIN
                ? listener.settings().deregistrationDelayNanos()
                : Long.valueOf(0);
    }

    /** What a target is called by, whatever its weight and health. */
    private static Departure departure(Listener listener, Target target) {
        return new Departure(listener.protocol(), listener.vip(),
                new Target(target.name(), target.endpoint(), target.node(), 1, true));
    }

    private void end(Departure departure) {
        leaving.remove(departure);
        table.deleteIf(departure::isOf, agenda.nowNanos());
    }

    private void forgetIdle(List<Listener> listeners) {
        long idleSeconds = listeners.stream().map(l -> l.settings().idleTimeoutNanos())
                .filter(Objects::nonNull).mapToLong(nanos -> Math.max(1, nanos / SECOND)).min()
                .orElse(CtTimeout.TCP_ESTABLISHED.defaultSeconds());
        ConntrackSettings settings = table.settings();
        if (!Long.valueOf(idleSeconds)
                .equals(settings.timeoutSeconds().get(CtTimeout.TCP_ESTABLISHED))) {
            table.settings(settings.with(CtTimeout.TCP_ESTABLISHED, idleSeconds));
        }
    }

    @Override
    public int open(Listener listener, Target target) {
        Departure like = departure(listener, target);
        return (int) table.list(agenda.nowNanos()).stream()
                .filter(entry -> like.isOf(entry)
                        && (entry.protocol() != L4Protocol.TCP || OPEN.contains(entry.state())))
                .count();
    }
}
