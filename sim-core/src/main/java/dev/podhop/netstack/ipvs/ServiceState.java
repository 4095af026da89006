package dev.podhop.netstack.ipvs;

import dev.podhop.engine.Keys;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.netfilter.PacketView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A virtual server at work ({@code struct ip_vs_service}): its real servers in the kernel's order,
 * and what its scheduler remembers.
 *
 * <p>The kernel puts a new server at the head of the list. kube-proxy adds them in the order of a
 * Go map: for up to eight that is their order by name, begun anywhere, and begun at the first where
 * the map has free places: so that most nodes have the same list, the last name first, and N nodes'
 * first connections all meet one endpoint.
 */
final class ServiceState {

    /** Places in a bucket of a Go map: where iterating begins is one of them, at random. */
    private static final int BUCKET = 8;
    /** {@code rsCheckDeleteInterval} of {@code graceful_termination.go}. */
    private static final long POLL_NANOS = 60_000_000_000L;
    private static final int HASH_BITS = 8;
    private static final int GOLDEN_RATIO_32 = 0x61C88647;
    /**
     * Connections that come this close after one another race: whose turn is first is chance. Flows
     * that the same clock drives would else never change turns, as no real ones do.
     */
    private static final long RACE_NANOS = 1_000_000;

    private VirtualService spec;
    private final long key;
    /** In the kernel's order. */
    private List<RealServer> servers = new ArrayList<>();
    private boolean ordered;
    private @Nullable RealServer last;
    private long scheduledNanos = -RACE_NANOS;
    private final Localities localities;
    private @Nullable Maglev maglev;
    final Map<IpAddress, Template> templates = new HashMap<>();

    ServiceState(VirtualService spec) {
        this.spec = spec;
        this.key = Keys.of(spec.key());
        this.localities = new Localities(spec.scheduler() == IpvsScheduler.LBLCR);
        update(spec);
    }

    VirtualService spec() {
        return spec;
    }

    List<RealServer> servers() {
        return servers;
    }

    /** Takes a new configuration over; a server that comes back is one anew, with weight 1. */
    void update(VirtualService next) {
        spec = next;
        for (RealServer server : List.copyOf(servers)) {
            if (!next.servers().contains(server.endpoint)) {
                retire(server);
            }
        }
        for (SocketAddress endpoint : next.servers()) {
            RealServer known = find(endpoint);
            if (known == null) {
                servers.addFirst(new RealServer(endpoint));
                changed();
            } else if (known.weight == 0) {
                // deleted and added: its old connections are its own again (ip_vs_trash_get_dest)
                unlink(known);
                known.weight = 1;
                servers.addFirst(known);
            }
        }
    }

    /** What a scheduler's {@code add_dest}, {@code del_dest} and {@code upd_dest} do. */
    private void changed() {
        maglev = null;
        if (spec.scheduler() == IpvsScheduler.WRR) {
            last = null;
        }
    }

    /** {@code ip_vs_rr_del_dest}: whose turn is next stays. */
    private void unlink(RealServer server) {
        int place = servers.indexOf(server);
        servers.remove(server);
        if (last == server) {
            last = place == 0 ? null : servers.get(place - 1);
        }
        changed();
    }

    private @Nullable RealServer find(SocketAddress endpoint) {
        return servers.stream().filter(each -> each.endpoint.equals(endpoint)).findFirst()
                .orElse(null);
    }

    /** TCP's are let run out ({@code graceful_termination.go}); others go at once. */
    private void retire(RealServer server) {
        boolean graceful = spec.protocol() == L4Protocol.TCP
                && server.connections() > 0;
        if (!graceful) {
            server.weight = 0;
            remove(server);
        } else if (server.weight > 0) {
            server.weight = 0;
            changed();
        }
    }

    private void remove(RealServer server) {
        server.available = false;
        unlink(server);
    }

    /**
     * Those that were to go and have no connection left; kube-proxy looks once a minute, taken to
     * be the full ones of the clock.
     */
    void reap(long nowNanos) {
        long lookedNanos = nowNanos - nowNanos % POLL_NANOS;
        List.copyOf(servers).stream().filter(each -> each.weight == 0
                && each.connections() == 0 && each.idleSinceNanos <= lookedNanos)
                .forEach(this::remove);
    }

    /** It is deleted. */
    void end() {
        servers.forEach(server -> server.available = false);
    }

    /** What packets left behind is forgotten; the order is chance anew. */
    void clear() {
        templates.clear();
        localities.clear();
        last = null;
        scheduledNanos = -RACE_NANOS;
        ordered = false;
        servers = new ArrayList<>();
        update(spec);
    }

    /** Chooses a server for a new connection; null if there is none. */
    @Nullable RealServer schedule(PacketView packet) {
        List<RealServer> usable = servers.stream().filter(each -> each.weight > 0).toList();
        if (usable.isEmpty()) {
            return null;
        }
        boolean races = packet.nowNanos() - scheduledNanos < RACE_NANOS;
        scheduledNanos = packet.nowNanos();
        if (spec.scheduler().hangsOnHistory() && (races || packet.enumerates())) {
            last = usable.get(packet.chooseUniform(key, usable.size()));
            return last;
        }
        order(packet);
        return switch (spec.scheduler()) {
            case RR, WRR -> next();
            case LC, WLC -> least(server -> server.overhead());
            case SED -> least(server -> server.active + 1);
            case NQ -> first(server -> server.active == 0) == null
                    ? least(server -> server.active + 1)
                    : first(server -> server.active == 0);
            case LBLC, LBLCR -> localities.of(packet.destination(), servers,
                    packet.nowNanos(), () -> least(server -> server.overhead()));
            case MH -> maglev(packet);
            case SH -> hashed(packet.source());
            case DH -> hashed(packet.destination());
        };
    }

    /** Where kube-proxy's walk through its map began, when it added these servers. */
    private void order(PacketView packet) {
        int n = servers.size();
        if (ordered || n < 2) {
            return;
        }
        ordered = true;
        int places = Math.max(BUCKET, n);
        int begin = packet.chooseLasting(key, n, places);
        if (begin < n) {
            // added b..n-1, 0..b-1, each at the head
            Collections.rotate(servers, begin);
        }
    }

    private RealServer next() {
        int from = last == null ? -1 : servers.indexOf(last);
        for (int i = 1; i <= servers.size(); i++) {
            RealServer candidate = servers.get((from + i) % servers.size());
            if (candidate.weight > 0) {
                last = candidate;
                break;
            }
        }
        return Objects.requireNonNull(last);
    }

    @FunctionalInterface
    private interface Load {
        int of(RealServer server);
    }

    private @Nullable RealServer least(Load load) {
        RealServer least = null;
        for (RealServer server : servers) {
            if (server.weight > 0 && (least == null || load.of(server) < load.of(least))) {
                least = server;
            }
        }
        return least;
    }

    private @Nullable RealServer first(Predicate<RealServer> wanted) {
        return servers.stream().filter(each -> each.weight > 0).filter(wanted).findFirst()
                .orElse(null);
    }

    /** By source and port; which port is chance where that is what is asked about. */
    private @Nullable RealServer maglev(PacketView packet) {
        Maglev table = maglev;
        if (table == null) {
            table = new Maglev(servers);
            maglev = table;
        }
        RealServer server = packet.enumerates()
                ? servers.get(packet.chooseWeighted(key, table.shares(servers), servers.size()))
                : table.of(packet.source(), packet.sourcePort());
        return server != null && server.isUsable() ? server : null;
    }

    /** {@code ip_vs_sh_reassign}: 256 buckets, dealt to the servers in turn. */
    private @Nullable RealServer hashed(IpAddress address) {
        int bucket = hash32(Maglev.folded(address));
        RealServer server = servers.get(bucket % servers.size());
        return server.weight > 0 ? server : null;
    }

    private static int hash32(int value) {
        return value * GOLDEN_RATIO_32 >>> Integer.SIZE - HASH_BITS;
    }
}
