package dev.podhop.netstack.ipvs;

import dev.podhop.engine.Keys;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.ipvs.Connection.Timeouts;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.packet.Packet;
import dev.podhop.packet.TcpFlags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * IPVS in one namespace: virtual servers, and the connections that they spread
 * ({@code ip_vs_core.c}, {@code ip_vs_conn.c}).
 *
 * <p>Its table is its own, beside conntrack's, with shorter times: an idle TCP connection is
 * forgotten after 900 s. kube-proxy sets {@code expire_nodest_conn} and
 * {@code expire_quiescent_template}; about {@code conn_reuse_mode} see {@link ConnReuse}.
 */
public final class IpvsTable {

    private static final long SECOND = 1_000_000_000L;
    /** Connections beyond which those whose time is over are looked for. */
    private static final int SWEEP_AT = 1024;

    private final Map<String, ServiceState> services = new LinkedHashMap<>();
    /**
     * Those that want the address and port of one in {@link #services}. A sync writes the Services
     * in random order, and whoever comes last has replaced the others' servers by its own
     * ({@code syncEndpoint}); who it is is drawn by the first packet after it.
     */
    private final Map<String, List<ServiceState>> rivals = new LinkedHashMap<>();
    private int rounds;
    private final Map<String, Connection> connections = new HashMap<>();
    private final Map<String, Connection> replies = new HashMap<>();
    private Timeouts timeouts = Timeouts.KERNEL;
    private ConnReuse reuse = ConnReuse.NEWEST;
    private int sweepAt = SWEEP_AT;
    /** Whether some scheduler asks how many connections there are. */
    private boolean counts;

    /** What becomes of a packet that came to a virtual server. */
    public enum Answer {
        /** It is none of IPVS' business. */
        PASS,
        /** It goes to {@link Choice#server}. */
        FORWARD,
        /** Nobody is there: the sender is told. */
        REFUSE,
        /** Its server is gone, and its connection tracked: dropped. */
        DROP
    }

    /**
     * An answer with the server that it is about.
     *
     * @param candidates the servers that could be chosen, in the kernel's order; empty where
     *     nothing was chosen anew
     * @param remembered whether the client stays with its server
     */
    public record Choice(Answer answer, @Nullable VirtualService service,
            @Nullable SocketAddress server, List<String> candidates,
            boolean remembered) {

        static final Choice PASS = new Choice(Answer.PASS, null, null, List.of(), false);
    }

    /** Whether there is nothing in it: no packet need be looked at. */
    public boolean isEmpty() {
        return services.isEmpty() && connections.isEmpty();
    }

    /** {@code ipvsadm --set}, seconds; 0 leaves the kernel's. */
    public void timeouts(long tcp, long tcpFin, long udp) {
        timeouts = new Timeouts(tcp, tcpFin, udp);
    }

    /** What the node's kernel does when a port comes round. */
    public void reuse(ConnReuse handling) {
        reuse = handling;
    }

    /**
     * Makes the table what these servers say; virtual servers change in place.
     *
     * @param kept addresses whose virtual servers are not kube-proxy's to delete
     */
    public void apply(List<VirtualService> wanted, List<Cidr> kept, long nowNanos) {
        expire(nowNanos);
        Set<String> keys = wanted.stream().map(VirtualService::key).collect(Collectors.toSet());
        services.entrySet().removeIf(entry -> {
            boolean gone = !keys.contains(entry.getKey()) && kept.stream()
                    .noneMatch(range -> range.contains(entry.getValue().spec().address()));
            if (gone) {
                entry.getValue().end();
            }
            return gone;
        });
        rounds++;
        Map<String, Integer> seen = new HashMap<>();
        for (VirtualService service : wanted) {
            int place = seen.merge(service.key(), 1, Integer::sum) - 1;
            ServiceState known = place == 0 ? services.get(service.key())
                    : rival(service.key(), place);
            if (known != null) {
                known.update(service);
            } else if (place == 0) {
                services.put(service.key(), new ServiceState(service));
            } else {
                rivals.computeIfAbsent(service.key(), key -> new ArrayList<>())
                        .add(new ServiceState(service));
            }
        }
        forgetRivals(seen);
        counts = services.values().stream()
                .anyMatch(service -> service.spec().scheduler().counts());
    }

    /** Other real servers for virtual servers that are there, each wanted by one Service. */
    public void update(List<VirtualService> changed, long nowNanos) {
        expire(nowNanos);
        changed.forEach(service -> Objects.requireNonNull(services.get(service.key()))
                .update(service));
    }

    private void forgetRivals(Map<String, Integer> seen) {
        rivals.entrySet().removeIf(entry -> {
            int left = Math.max(0, seen.getOrDefault(entry.getKey(), 0) - 1);
            List<ServiceState> gone = entry.getValue().subList(
                    Math.min(left, entry.getValue().size()), entry.getValue().size());
            gone.forEach(ServiceState::end);
            gone.clear();
            return left == 0;
        });
    }

    private @Nullable ServiceState rival(String key, int place) {
        List<ServiceState> all = rivals.getOrDefault(key, List.of());
        return place <= all.size() ? all.get(place - 1) : null;
    }

    /** The virtual server of an address and port; whose it is, where several want it, is chance. */
    private @Nullable ServiceState find(PacketView view, String key) {
        List<ServiceState> others = rivals.isEmpty() ? null : rivals.get(key);
        int place = others == null ? 0
                : view.chooseLasting(Keys.of(key), rounds, others.size() + 1);
        return others == null || place == 0 ? services.get(key) : others.get(place - 1);
    }

    /** Forgets what packets left behind; the virtual servers stay. */
    public void clear() {
        connections.clear();
        replies.clear();
        services.values().forEach(ServiceState::clear);
        rivals.values().forEach(all -> all.forEach(ServiceState::clear));
    }

    /**
     * {@code ip_vs_in}: a packet that came to this host, or that it sends.
     *
     * @param tracked whether conntrack knows its connection since an earlier packet
     */
    public Choice in(PacketView view, Packet p, boolean tracked) {
        long now = view.nowNanos();
        String key = key(p.protocol, p.source, p.sourcePort, p.destination, p.destinationPort);
        Connection known = live(connections.get(key), now);
        boolean opens = p.protocol != L4Protocol.TCP
                || p.has(TcpFlags.SYN) && !p.has(TcpFlags.ACK) && !p.has(TcpFlags.RST);
        if (known != null && leaves(known, p, opens)) {
            end(known, now);
            if (tracked || !known.server.available && !reuse.atOnce()) {
                return new Choice(Answer.DROP, known.service.spec(), known.server.endpoint,
                        List.of(), false);
            }
            known = null;
        }
        if (known != null) {
            known.passes(p, false, now, timeouts);
            return new Choice(Answer.FORWARD, known.service.spec(), known.server.endpoint,
                    List.of(), false);
        }
        ServiceState service = find(view, p.protocol + " "
                + p.destination.withPort(p.destinationPort));
        return service == null || !opens ? Choice.PASS : schedule(view, p, service, key);
    }

    /** Whether a packet of it is to be scheduled anew: its ports are reused, its server gone. */
    private boolean leaves(Connection known, Packet p, boolean opens) {
        boolean fresh = p.protocol == L4Protocol.TCP && opens;
        return fresh && known.server.weight == 0 && reuse.quiesced()
                || fresh && known.isOver() && reuse.closed() || !known.server.available;
    }

    private Choice schedule(PacketView view, Packet p, ServiceState service, String key) {
        long now = view.nowNanos();
        sweep(now);
        service.reap(now);
        VirtualService spec = service.spec();
        boolean persistent = spec.persistentSeconds() > 0;
        Template template = persistent ? service.templates.get(p.source) : null;
        if (template != null && !template.isValid(now)) {
            template = null;
        }
        boolean remembered = template != null;
        RealServer server = template != null ? template.server : service.schedule(view);
        if (server == null) {
            return new Choice(Answer.REFUSE, spec, null, List.of(), false);
        }
        if (persistent && template == null) {
            template = new Template(server);
            service.templates.put(p.source, template);
        }
        Connection made = new Connection(service, p, server, key,
                key(p.protocol, server.endpoint.address(), server.endpoint.port(), p.source,
                        p.sourcePort),
                template);
        made.passes(p, false, now, timeouts);
        if (template != null) {
            template.takes(made, now + spec.persistentSeconds() * SECOND);
        }
        connections.put(made.key, made);
        replies.put(made.replyKey, made);
        List<String> candidates = service.servers().stream().filter(each -> each.weight > 0)
                .map(each -> each.endpoint.toString()).toList();
        return new Choice(Answer.FORWARD, spec, server.endpoint, candidates, remembered);
    }

    /** {@code ip_vs_out}: whose answer this is; null if it is none. */
    public @Nullable VirtualService out(PacketView view, Packet p) {
        Connection known = live(replies.get(
                key(p.protocol, p.source, p.sourcePort, p.destination, p.destinationPort)),
                view.nowNanos());
        if (known == null) {
            return null;
        }
        known.passes(p, true, view.nowNanos(), timeouts);
        return known.service.spec();
    }

    /** {@code ip_vs_out_icmp}: whose packet an ICMP error quotes; null if it is none. */
    public @Nullable VirtualService quoted(PacketView view, Packet error) {
        Connection known = live(replies.get(key(error.innerProtocol, error.innerDestination,
                error.innerDestinationPort, error.innerSource, error.innerSourcePort)),
                view.nowNanos());
        return known == null ? null : known.service.spec();
    }

    /** {@code ip_vs_in_icmp}: the server whose answer an ICMP error quotes; null if it is none. */
    public @Nullable SocketAddress answering(PacketView view, Packet error) {
        Connection known = live(connections.get(key(error.innerProtocol, error.innerDestination,
                error.innerDestinationPort, error.innerSource, error.innerSourcePort)),
                view.nowNanos());
        return known == null ? null : known.server.endpoint;
    }

    private @Nullable Connection live(@Nullable Connection connection, long nowNanos) {
        if (connection != null && connection.expiryNanos <= nowNanos) {
            end(connection, connection.expiryNanos);
            return null;
        }
        return connection;
    }

    private void end(Connection connection, long nanos) {
        if (connections.remove(connection.key, connection)) {
            replies.remove(connection.replyKey, connection);
            connection.ends(nanos);
        }
    }

    private void expire(long nowNanos) {
        new ArrayList<>(connections.values()).forEach(each -> live(each, nowNanos));
    }

    private void sweep(long nowNanos) {
        if (connections.size() >= sweepAt || counts) {
            expire(nowNanos);
            sweepAt = Math.max(SWEEP_AT, 2 * connections.size());
        }
    }

    private static String key(L4Protocol protocol, IpAddress from, int fromPort, IpAddress to,
            int toPort) {
        return protocol + " " + from.withPort(fromPort) + " " + to.withPort(toPort);
    }

    /**
     * The virtual servers with their real ones as {@code ipvsadm -Sn} prints them, by address and
     * port as numbers.
     */
    public List<String> save(long nowNanos) {
        expire(nowNanos);
        List<String> lines = new ArrayList<>();
        for (ServiceState state : services.values()) {
            state.reap(nowNanos);
            VirtualService service = state.spec();
            String flag = switch (service.protocol()) {
                case TCP -> "-t ";
                case UDP -> "-u ";
                default -> "--sctp-service ";
            };
            String address = flag + service.address().withPort(service.port());
            lines.add("-A " + address + " -s " + service.scheduler()
                    + (service.scheduler() == IpvsScheduler.MH ? " -b mh-port" : "")
                    + (service.persistentSeconds() > 0 ? " -p " + service.persistentSeconds()
                            : ""));
            state.servers().stream().sorted((a, b) -> a.endpoint.toString()
                    .compareTo(b.endpoint.toString()))
                    .forEach(each -> lines.add("-a " + address + " -r " + each.endpoint
                            + " -m -w " + each.weight));
        }
        return lines;
    }
}
