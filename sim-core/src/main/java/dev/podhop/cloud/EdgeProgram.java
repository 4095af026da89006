package dev.podhop.cloud;

import dev.podhop.cloud.LoadBalancerSettings.AllUnhealthy;
import dev.podhop.cloud.LoadBalancerSettings.ClientIP;
import dev.podhop.cloud.LoadBalancerSettings.Destination;
import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.cloud.LoadBalancerSettings.LoopAvoidance;
import dev.podhop.cloud.SessionRules.Fate;
import dev.podhop.engine.Keys;
import dev.podhop.net.Cidr;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.net.TupleMap;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleLog;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.netstack.netfilter.Verdict.RejectWith;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Explanation;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All load balancers of a cloud, as the rules of its edge.
 *
 * <p>A connection is translated where it enters, its session is the edge's conntrack entry (so that
 * retransmissions meet the same backend), and a reply is translated back only if it crosses the
 * edge again.
 */
public final class EdgeProgram implements RuleProgram {

    /** Mark of connections whose source the balancer rewrites. */
    private static final int REWRITE_SOURCE = 1;
    private static final long ANNOUNCER = Keys.of("whose answer was heard");

    private final TupleMap<Front> fronts = new TupleMap<>();
    private final Set<IpAddress> vips;
    private final List<Listener> listeners;
    private final Surroundings surroundings;

    /** A listener with its scheduler's memory and room to choose in. */
    private static final class Front {
        final Listener listener;
        final Scheduling scheduling;
        final int[] weights;
        final int[] indexes;
        /** Connections under way to the i-th that may be chosen. */
        final IntUnaryOperator open;
        /** All of this address and port, itself the first of them; empty where it is alone. */
        List<Front> rivals = List.of();

        Front(Listener listener, OpenSessions sessions) {
            this.listener = listener;
            this.scheduling = new Scheduling(key(listener).toString());
            this.weights = new int[listener.targets().size()];
            this.indexes = new int[listener.targets().size()];
            this.open = i -> sessions.open(listener, listener.targets().get(indexes[i]));
        }
    }

    /**
     * What stays as it is.
     *
     * @param gateways the edge's own addresses, the source where a balancer rewrites it
     * @param outside addresses of hosts outside the cluster
     * @param sessions who counts connections
     */
    public record Surroundings(List<IpAddress> gateways, Set<IpAddress> outside,
            OpenSessions sessions) {
        public Surroundings {
            gateways = List.copyOf(gateways);
            outside = Set.copyOf(outside);
        }

        /**
         * Whether an internal load balancer's address means nothing to a host: one with a public
         * address has no route to a private one.
         */
        boolean cannotReach(IpAddress vip, IpAddress source) {
            return outside.contains(source) && !source.isPrivate()
                    && (vip.isPrivate() || VipPool.isInternal(vip));
        }
    }

    /** An edge without load balancers. */
    public EdgeProgram(Surroundings surroundings) {
        this(surroundings, List.of(), Set.of(), new TupleMap<>());
    }

    private EdgeProgram(Surroundings surroundings, List<Listener> listeners, Set<IpAddress> vips,
            TupleMap<Front> before) {
        this.surroundings = surroundings;
        this.listeners = List.copyOf(listeners);
        this.vips = Set.copyOf(vips);
        Map<Front, List<Front>> all = new IdentityHashMap<>();
        for (Listener listener : listeners) {
            Tuple key = key(listener);
            Front known = kept(before.get(key), listener);
            Front front = known != null ? known : new Front(listener, surroundings.sessions);
            Front first = fronts.get(key);
            if (first == null) {
                fronts.put(key, front);
            } else {
                all.computeIfAbsent(first, f -> new ArrayList<>(List.of(f))).add(front);
            }
        }
        fronts.forEach(front -> front.rivals = all.getOrDefault(front, List.of()));
    }

    /**
     * Other listeners; those that stay as they are go on where they were.
     *
     * @param addresses the load balancers' own: on their other ports nobody answers
     */
    public EdgeProgram with(List<Listener> changed, Set<IpAddress> addresses) {
        return new EdgeProgram(surroundings, changed, addresses, fronts);
    }

    /** The same listeners without any memory of what was chosen. */
    public EdgeProgram forgetful() {
        return new EdgeProgram(surroundings, listeners, vips, new TupleMap<>());
    }

    public List<Listener> listeners() {
        return listeners;
    }

    private static @Nullable Front kept(@Nullable Front before, Listener listener) {
        if (before == null || before.listener.equals(listener)) {
            return before;
        }
        return before.rivals.stream().filter(front -> front.listener.equals(listener)).findFirst()
                .orElse(null);
    }

    private static Tuple key(Listener listener) {
        IpAddress vip = listener.vip().address();
        return new Tuple(listener.protocol(), any(vip), 0, vip, listener.vip().port());
    }

    private static IpAddress any(IpAddress sameFamily) {
        return sameFamily.isV4() ? IpAddress.ANY_V4 : IpAddress.ANY_V6;
    }

    @Override
    public List<BaseChain> chains() {
        return List.of(BaseChain.of(IptablesTable.NAT, Hook.PREROUTING, this::translate),
                BaseChain.of(IptablesTable.NAT, Hook.OUTPUT, this::translate),
                BaseChain.of(IptablesTable.NAT, Hook.POSTROUTING, this::source));
    }

    private void translate(PacketView packet, Verdict verdict) {
        IpAddress vip = packet.destination();
        Front front = one(fronts.get(packet.protocol(), any(vip), 0, vip,
                packet.destinationPort()), packet);
        if (front != null && front.listener.internal()
                && surroundings.cannotReach(vip, packet.source())) {
            drop(packet, verdict, DropReason.IP_INNOROUTES, LoadBalancerReason.INTERNAL,
                    front.listener.loadBalancer());
            return;
        }
        if (front != null) {
            balance(front, packet, verdict);
        } else if (!packet.protocol().isIcmp() && vips.contains(vip)) {
            drop(packet, verdict, DropReason.LB_NO_LISTENER, LoadBalancerReason.NO_LISTENER,
                    vip.withPort(packet.destinationPort()));
        }
    }

    private void balance(Front front, PacketView packet, Verdict verdict) {
        LoadBalancerSettings settings = front.listener.settings();
        if (!admits(front.listener, packet.source())) {
            drop(packet, verdict, DropReason.LB_SOURCE_RANGES, LoadBalancerReason.SOURCE_RANGES,
                    front.listener.loadBalancer());
            return;
        }
        if (isOver(front, packet, verdict)) {
            return;
        }
        boolean anyHealthy = anyHealthy(front.listener);
        if (!anyHealthy && settings.allUnhealthy() == AllUnhealthy.DROP
                || front.listener.targets().isEmpty()) {
            boolean announced = settings.isAnnounced();
            drop(packet, verdict,
                    announced ? DropReason.LB_NOT_ANNOUNCED : DropReason.LB_NO_HEALTHY_BACKEND,
                    announced ? LoadBalancerReason.NOBODY_ANNOUNCES
                            : LoadBalancerReason.NO_HEALTHY_BACKEND,
                    front.listener.loadBalancer());
            return;
        }
        int n = collect(front, packet.source(), !anyHealthy);
        if (n == 0) {
            drop(packet, verdict, DropReason.LB_NO_HEALTHY_BACKEND,
                    front.listener.targets().stream()
                            .anyMatch(t -> isItself(front.listener, t, packet.source()))
                                    ? LoadBalancerReason.ONLY_ITSELF
                                    : LoadBalancerReason.NO_HEALTHY_BACKEND,
                    front.listener.loadBalancer());
            return;
        }
        int chosen = settings.entry() == Entry.ONE_NODE ? heard(front, packet, n)
                : front.scheduling.choose(settings.scheduler(), packet, front.weights, n,
                        front.open);
        Target target = front.listener.targets().get(front.indexes[chosen]);
        if (packet.log() != null) {
            tell(front, packet, n, target, anyHealthy);
        }
        verdict.proxyHeader = settings.proxyProtocol();
        if (settings.clientIP() == ClientIP.SNAT) {
            verdict.mark = REWRITE_SOURCE;
        }
        if (settings.destination() == Destination.KEEP) {
            verdict.action = Action.ROUTE_VIA;
            verdict.address = target.node();
        } else {
            verdict.action = Action.DNAT;
            verdict.address = target.endpoint().address();
            verdict.port = target.endpoint().port();
        }
    }

    /**
     * Where several nodes answer for one address, as each of its Services has elected another, the
     * segment believes one of them, whose answer came last, for all ports.
     */
    private static int heard(Front front, PacketView packet, int n) {
        if (n == 1) {
            return 0;
        }
        long nodes = ANNOUNCER;
        for (int i = 0; i < n; i++) {
            nodes = Keys.of(nodes,
                    Keys.of(front.listener.targets().get(front.indexes[i]).name()));
        }
        return packet.chooseLasting(ANNOUNCER,
                Keys.of(nodes, Keys.of(front.listener.vip().address().toString())), n);
    }

    /** Of several listeners of one address and port one is in force; nobody knows which. */
    private static @Nullable Front one(@Nullable Front front, PacketView packet) {
        return front == null || front.rivals.isEmpty() || front.listener.settings().isAnnounced()
                ? front
                : front.rivals.get(packet.chooseLasting(front.scheduling.key(),
                        front.rivals.size(), front.rivals.size()));
    }

    private static boolean admits(Listener listener, IpAddress source) {
        List<Cidr> sources = listener.sources();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).contains(source)) {
                return true;
            }
        }
        return sources.isEmpty();
    }

    /** Whether the packet belongs to a connection that the load balancer does not go on with. */
    private boolean isOver(Front front, PacketView packet, Verdict verdict) {
        Fate done = surroundings.sessions.after(packet);
        if (packet.opens() && done == null) {
            return false;
        }
        Fate fate = done != null ? done
                : front.listener.settings().sessions().idle().of(packet.protocol());
        String what = front.listener.loadBalancer();
        if (fate == Fate.DROPPED) {
            drop(packet, verdict, DropReason.LB_SESSION_OVER, LoadBalancerReason.SESSION_OVER,
                    what);
        } else if (fate == Fate.RESET && packet.protocol() == L4Protocol.TCP) {
            verdict.action = Action.REJECT;
            verdict.rejectWith = RejectWith.TCP_RESET;
            RuleLog log = packet.log();
            if (log != null) {
                log.matched("load balancer", "sessions", what,
                        LoadBalancerReason.SESSION_OVER.of(what));
            }
        }
        return verdict.action != Action.CONTINUE;
    }

    private static boolean anyHealthy(Listener listener) {
        List<Target> targets = listener.targets();
        for (int i = 0; i < targets.size(); i++) {
            if (targets.get(i).healthy() && targets.get(i).weight() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Fills in the backends that may be chosen; returns how many. */
    private static int collect(Front front, IpAddress source, boolean unhealthyToo) {
        List<Target> targets = front.listener.targets();
        int n = 0;
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            boolean usable = target.healthy() || unhealthyToo;
            if (usable && target.weight() > 0 && !isItself(front.listener, target, source)) {
                front.weights[n] = target.weight();
                front.indexes[n++] = i;
            }
        }
        reduce(front.weights, n);
        return n;
    }

    /** Three weights of 10 are turns of 1, 1, 1. */
    private static void reduce(int[] weights, int n) {
        int divisor = 0;
        for (int i = 0; i < n; i++) {
            int a = weights[i];
            while (a != 0) {
                int rest = divisor % a;
                divisor = a;
                a = rest;
            }
        }
        for (int i = 0; i < n && divisor > 1; i++) {
            weights[i] /= divisor;
        }
    }

    /** Loop avoidance knows a backend by its own address only: a pod's is not its node's. */
    private static boolean isItself(Listener listener, Target target, IpAddress source) {
        return listener.settings().loopAvoidance() == LoopAvoidance.SOURCE_IP
                && target.endpoint().address().same(source);
    }

    private void source(PacketView packet, Verdict verdict) {
        if (packet.mark() != REWRITE_SOURCE) {
            return;
        }
        List<IpAddress> gateways = surroundings.gateways;
        for (int i = 0; i < gateways.size(); i++) {
            if (gateways.get(i).family() == packet.source().family()) {
                verdict.action = Action.SNAT;
                verdict.address = gateways.get(i);
                RuleLog log = packet.log();
                if (log != null) {
                    log.matched("load balancer", "clientIP", "snat",
                            LoadBalancerReason.SOURCE_REWRITTEN.of(gateways.get(i)));
                }
                return;
            }
        }
    }

    private static void drop(PacketView packet, Verdict verdict, DropReason reason,
            LoadBalancerReason why, String what) {
        verdict.action = Action.DROP;
        verdict.dropReason = reason;
        RuleLog log = packet.log();
        if (log != null) {
            log.matched("load balancer", "listeners", what, why.of(what));
        }
    }

    private static void tell(Front front, PacketView packet, int n, Target chosen,
            boolean anyHealthy) {
        RuleLog log = packet.log();
        if (log == null) {
            return;
        }
        List<String> candidates = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            candidates.add(front.listener.targets().get(front.indexes[i]).name());
        }
        List<String> excluded = new ArrayList<>();
        for (Target target : front.listener.targets()) {
            if (!candidates.contains(target.name())) {
                excluded.add(target.name() + (isItself(front.listener, target, packet.source())
                        ? " (sourceIP)" : target.weight() == 0 ? " (weight 0)"
                        : " (unhealthy)"));
            }
        }
        boolean contested = front.listener.settings().entry() == Entry.ONE_NODE && n > 1;
        LoadBalancerReason reason = contested ? LoadBalancerReason.SEVERAL_ANNOUNCE
                : anyHealthy ? LoadBalancerReason.CHOSEN
                : LoadBalancerReason.CHOSEN_ALL_UNHEALTHY;
        Explanation why = reason.of(front.listener.loadBalancer(), chosen.name(),
                chosen.endpoint(), n, front.listener.settings().scheduler(),
                front.listener.vip());
        boolean avoided = front.listener.targets().stream()
                .anyMatch(target -> isItself(front.listener, target, packet.source()));
        log.chose(front.listener.loadBalancer(), candidates, excluded, chosen.name(), avoided
                ? why.on(LoadBalancerReason.loopAvoidance(front.listener.loadBalancer()))
                : why);
    }
}
