package dev.podhop.cluster;

import dev.podhop.cloud.Listener;
import dev.podhop.cloud.LoadBalancerSettings.AllUnhealthy;
import dev.podhop.cloud.OpenSessions;
import dev.podhop.cloud.SessionRules;
import dev.podhop.cloud.SessionRules.Fate;
import dev.podhop.cloud.SessionRules.Fates;
import dev.podhop.cloud.Target;
import dev.podhop.engine.Agenda;
import dev.podhop.engine.Simulation;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.net.Tuple;
import dev.podhop.net.TupleMap;
import dev.podhop.netstack.conntrack.ConntrackEntry;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.conntrack.CtTimeout;
import dev.podhop.netstack.netfilter.PacketView;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The load balancers' sessions, which are the edge's conntrack entries.
 *
 * <p>What becomes of them when their target fails its check, goes, or when others do, is the load
 * balancer's own rule ({@link SessionRules}): they go on, are over, or are forgotten so that the
 * next packet is balanced anew. One that says nothing for the idle timeout is forgotten. The table
 * has one idle timeout: the shortest of all load balancers'.
 */
final class EdgeSessions implements OpenSessions {

    private static final Set<String> OPEN = Set.of("SYN_SENT", "SYN_RECV", "ESTABLISHED");
    private static final long SECOND = 1_000_000_000L;

    private final ConntrackTable table;
    private final Agenda agenda;
    /** Those whose sessions will end. */
    private final Map<Departure, Agenda.Item> leaving = new HashMap<>();
    /** What was done to sessions of which more packets may come. */
    private TupleMap<Fate> over = new TupleMap<>();

    /** A target that a listener has no more. */
    private record Departure(L4Protocol protocol, SocketAddress vip, Target target) {

        boolean isOf(ConntrackEntry entry) {
            return isOfListener(entry, protocol, vip) && (target.node().equals(entry.via())
                    || entry.reply().source().equals(target.endpoint().address())
                            && entry.reply().sourcePort() == target.endpoint().port());
        }
    }

    private static boolean isOfListener(ConntrackEntry entry, L4Protocol protocol,
            SocketAddress vip) {
        return entry.protocol() == protocol
                && entry.original().destination().equals(vip.address())
                && entry.original().destinationPort() == vip.port();
    }

    EdgeSessions(ConntrackTable table, Simulation simulation) {
        this.table = table;
        this.agenda = new Agenda(simulation);
    }

    /** Nothing has been done to any session. */
    void forget() {
        over = new TupleMap<>();
    }

    /** Targets have changed; one that is back in time keeps its sessions. */
    void follow(List<Listener> before, List<Listener> now) {
        now.forEach(listener -> listener.targets()
                .forEach(target -> keep(departure(listener, target))));
        for (Listener listener : before) {
            Optional<Listener> after = now.stream()
                    .filter(other -> other.vip().equals(listener.vip())
                            && other.protocol() == listener.protocol())
                    .max(Comparator.comparing(
                            other -> other.loadBalancer().equals(listener.loadBalancer())));
            Fates deleted = listener.settings().sessions().deleted();
            if (after.isEmpty() && deleted.of(listener.protocol()) != Fate.KEPT) {
                end(entry -> isOfListener(entry, listener.protocol(), listener.vip()),
                        deleted.of(listener.protocol()));
            } else {
                targetsOf(listener, after);
            }
        }
        forgetIdle(now);
    }

    private void targetsOf(Listener before, Optional<Listener> after) {
        Set<Departure> there = after.stream().flatMap(listener -> listener.targets().stream()
                .map(target -> departure(listener, target))).collect(Collectors.toSet());
        Set<Departure> wereUsed = used(before);
        Set<Departure> used = after.map(EdgeSessions::used).orElse(Set.of());
        SessionRules rules = after.orElse(before).settings().sessions();
        for (Target target : before.targets()) {
            Departure departure = departure(before, target);
            if (!there.contains(departure)) {
                removed(before, departure);
            } else if (wereUsed.contains(departure) && !used.contains(departure)) {
                end(departure::isOf, rules.unhealthy().of(before.protocol()));
            }
        }
        if (after.isPresent() && !wereUsed.equals(used)) {
            end(entry -> isOfListener(entry, before.protocol(), before.vip()),
                    rules.changed().of(before.protocol()));
        }
    }

    private void removed(Listener listener, Departure departure) {
        SessionRules rules = listener.settings().sessions();
        Fate fate = rules.removed().of(listener.protocol());
        Long delay = rules.udpAtOnce() && listener.protocol() == L4Protocol.UDP ? Long.valueOf(0)
                : listener.settings().deregistrationDelayNanos();
        if (delay == null || fate == Fate.KEPT) {
            return;
        }
        keep(departure);
        if (delay == 0) {
            end(departure::isOf, fate);
        } else {
            leaving.put(departure, agenda.after(delay, () -> {
                leaving.remove(departure);
                end(departure::isOf, fate);
            }));
        }
    }

    private void keep(Departure departure) {
        Agenda.Item end = leaving.remove(departure);
        if (end != null) {
            end.cancel();
        }
    }

    /** The targets that are sent to: the healthy, or all where none is and all are used. */
    private static Set<Departure> used(Listener listener) {
        boolean any = listener.targets().stream().anyMatch(Target::healthy);
        boolean all = !any && listener.settings().allUnhealthy() == AllUnhealthy.FORWARD_TO_ALL;
        return listener.targets().stream().filter(target -> all || target.healthy())
                .map(target -> departure(listener, target)).collect(Collectors.toSet());
    }

    /** What a target is called by, whatever its weight and health. */
    private static Departure departure(Listener listener, Target target) {
        return new Departure(listener.protocol(), listener.vip(),
                new Target(target.name(), target.endpoint(), target.node(), 1, true));
    }

    private void end(Predicate<ConntrackEntry> sessions, Fate fate) {
        if (fate == Fate.KEPT) {
            return;
        }
        if (fate != Fate.MOVED) {
            table.list(agenda.nowNanos()).stream().filter(sessions)
                    .forEach(entry -> over.put(entry.original(), fate));
        }
        table.deleteIf(sessions, agenda.nowNanos());
    }

    @Override
    public @Nullable Fate after(PacketView packet) {
        if (over.size() == 0) {
            return null;
        }
        Fate fate = over.get(packet.protocol(), packet.source(), packet.sourcePort(),
                packet.destination(), packet.destinationPort());
        if (fate == null || packet.protocol() != L4Protocol.TCP || !packet.opens()) {
            return fate;
        }
        // Who begins a TCP connection anew has nothing to do with the one before.
        over.remove(new Tuple(packet.protocol(), packet.source(), packet.sourcePort(),
                packet.destination(), packet.destinationPort()));
        return null;
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
