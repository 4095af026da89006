package dev.podhop.kubeproxy.ipvs;

import dev.podhop.kubeproxy.FakePacket;
import dev.podhop.kubeproxy.ipvs.NodeDump.VirtualServer;
import dev.podhop.net.IpAddress;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * The schedulers of {@code net/netfilter/ipvs}, read a second time and written down without regard
 * to the first: connections that are opened and stay half open, weights of 1, no server ever comes
 * or goes. kube-proxy adds servers in the order of their names; each goes to the head of the list.
 */
final class SecondReading {

    private static final long SECOND = 1_000_000_000L;
    private static final int MAGLEV = 4093;
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);

    private final Map<String, Service> services = new HashMap<>();

    /** A server's address and port, or why there is none; by which way it was found. */
    record Answer(String server, String how) {}

    private record Conn(String server, boolean active, long endsNanos) {}

    private static final class Service {
        VirtualServer spec;
        List<String> list;
        int turns;
        List<Integer> maglev;
        final Map<String, Conn> connections = new HashMap<>();
        final Map<IpAddress, String> persistent = new HashMap<>();
        final Map<IpAddress, Long> persistentUntil = new HashMap<>();
        final Map<IpAddress, Long> lastEnd = new HashMap<>();
        final Map<IpAddress, List<String>> localities = new HashMap<>();

        int active(String server) {
            return (int) connections.values().stream()
                    .filter(each -> each.server().equals(server) && each.active()).count();
        }

        int load(String server) {
            long idle = connections.values().stream()
                    .filter(each -> each.server().equals(server) && !each.active()).count();
            return 256 * active(server) + (int) idle;
        }

        String least(List<String> among, ToIntFunction<String> cost) {
            return among.stream().min(Comparator.comparingInt(cost)).orElseThrow();
        }
    }

    SecondReading(NodeDump dump) {
        dump.virtual.forEach((key, spec) -> {
            Service service = new Service();
            service.spec = spec;
            service.list = new ArrayList<>(new TreeSet<>(spec.servers()).descendingSet());
            services.put(key, service);
        });
    }

    Answer ask(FakePacket p) {
        Service service = services.get(p.protocol.lowerCase() + " "
                + p.destination.withPort(p.destinationPort));
        if (service == null) {
            return new Answer("none of its business", "none");
        }
        boolean tcp = p.protocol.lowerCase().equals("tcp");
        service.connections.values().removeIf(each -> each.endsNanos() <= p.nowNanos);
        String client = p.source.withPort(p.sourcePort);
        // IP_VS_TCP_S_SYN_RECV 60 s, IP_VS_UDP_S_NORMAL 300 s
        long ends = p.nowNanos + (tcp ? 60 : 300) * SECOND;
        Conn known = service.connections.get(client);
        if (known != null) {
            service.lastEnd.merge(p.source, ends, Math::max);
            service.connections.put(client, new Conn(known.server(), tcp, ends));
            return new Answer(known.server(), "known");
        }
        if (service.list.isEmpty()) {
            return new Answer("nobody", "nobody");
        }
        int seconds = service.spec.persistentSeconds();
        String kept = seconds == 0 ? null : kept(service, p);
        String server = kept == null ? chosen(service, p) : kept;
        service.lastEnd.merge(p.source, ends, Math::max);
        if (seconds > 0) {
            service.persistent.put(p.source, server);
            service.persistentUntil.put(p.source, p.nowNanos + seconds * SECOND);
        }
        service.connections.put(client, new Conn(server, tcp, ends));
        return new Answer(server, kept == null ? service.spec.scheduler() : "persistent");
    }

    /**
     * A template lives while it is young; then it is looked at every minute, and goes when no
     * connection that it made lives.
     */
    private static String kept(Service service, FakePacket p) {
        Long looked = service.persistentUntil.get(p.source);
        while (looked != null && looked <= p.nowNanos) {
            looked = service.lastEnd.getOrDefault(p.source, 0L) > looked ? looked + 60 * SECOND
                    : null;
        }
        return looked == null ? null : service.persistent.get(p.source);
    }

    private String chosen(Service service, FakePacket p) {
        List<String> list = service.list;
        return switch (service.spec.scheduler()) {
            case "rr", "wrr" -> list.get(service.turns++ % list.size());
            case "lc", "wlc" -> service.least(list, service::load);
            case "sed" -> service.least(list, service::active);
            case "nq" -> list.stream().filter(each -> service.active(each) == 0).findFirst()
                    .orElseGet(() -> service.least(list, service::active));
            case "sh" -> list.get(bucket(p.source) % list.size());
            case "dh" -> list.get(bucket(p.destination) % list.size());
            case "mh" -> list.get(maglev(service).get(place(p.source, p.sourcePort,
                    2654435761L, MAGLEV)));
            case "lblc", "lblcr" -> locality(service, p.destination);
            default -> throw new AssertionError(service.spec.scheduler());
        };
    }

    private static String locality(Service service, IpAddress destination) {
        List<String> set = service.localities.computeIfAbsent(destination,
                each -> new ArrayList<>());
        if (!set.isEmpty()) {
            String best = service.least(set, service::load);
            boolean someIdle = service.list.stream().anyMatch(each -> service.active(each) == 0);
            if (service.active(best) <= 1 || !someIdle) {
                return best;
            }
        }
        String least = service.least(service.list, service::load);
        if (service.spec.scheduler().equals("lblc")) {
            set.clear();
        }
        if (!set.contains(least)) {
            set.add(0, least);
        }
        return least;
    }

    /** The address as 32 bits: four words of IPv6, one over the other. */
    private static long word(IpAddress address) {
        byte[] bytes = HexFormat.of().parseHex(hex(address));
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word ^= (bytes[i] & 0xffL) << 8 * (3 - i % 4);
        }
        return word;
    }

    private static String hex(IpAddress address) {
        return address.isV4() ? String.format("%08x", address.low())
                : String.format("%016x%016x", address.high(), address.low());
    }

    /** The upper 8 of the lower 32 bits of the product with GOLDEN_RATIO_32. */
    private static int bucket(IpAddress address) {
        return BigInteger.valueOf(word(address)).multiply(BigInteger.valueOf(0x61C88647L))
                .shiftRight(24).intValue() & 0xff;
    }

    private static List<Integer> maglev(Service service) {
        if (service.maglev == null) {
            int n = service.list.size();
            Integer[] table = new Integer[MAGLEV];
            int[] preference = new int[n];
            int filled = 0;
            for (int i = 0; filled < MAGLEV; i = (i + 1) % n) {
                String server = service.list.get(i);
                int colon = server.lastIndexOf(':');
                IpAddress address = IpAddress.of(server.substring(0, colon)
                        .replaceAll("[\\[\\]]", ""));
                int port = Integer.parseInt(server.substring(colon + 1));
                long offset = place(address, port, 2654435761L, MAGLEV);
                long skip = place(address, port, 2654446892L, MAGLEV - 1) + 1;
                int at;
                do {
                    at = (int) ((offset + preference[i]++ * skip) % MAGLEV);
                } while (table[at] != null);
                table[at] = i;
                filled++;
            }
            service.maglev = List.of(table);
        }
        return service.maglev;
    }

    private static int place(IpAddress address, int port, long key, int modulus) {
        long word = word(address) + port & 0xffffffffL;
        return (int) ((sipHash(word, key) & 0xffffffffL) % modulus);
    }

    /** SipHash with one round a block and three at the end, as its authors describe it. */
    private static long sipHash(long fourBytes, long key) {
        long[] v = {0x736f6d6570736575L ^ key, 0x646f72616e646f6dL ^ key,
            0x6c7967656e657261L ^ key, 0x7465646279746573L ^ key};
        long m = 0x0400000000000000L | fourBytes;
        v[3] ^= m;
        compress(v, 1);
        v[0] ^= m;
        v[2] ^= 0xff;
        compress(v, 3);
        return v[0] ^ v[1] ^ v[2] ^ v[3];
    }

    private static void compress(long[] v, int rounds) {
        for (int i = 0; i < rounds; i++) {
            half(v, 0, 1, 13, 32);
            half(v, 2, 3, 16, 0);
            half(v, 0, 3, 21, 0);
            half(v, 2, 1, 17, 32);
        }
    }

    private static void half(long[] v, int a, int b, int left, int swap) {
        v[a] = BigInteger.valueOf(v[a]).add(BigInteger.valueOf(v[b])).mod(TWO_64).longValue();
        v[b] = (v[b] << left | v[b] >>> 64 - left) ^ v[a];
        v[a] = swap == 0 ? v[a] : v[a] << swap | v[a] >>> 64 - swap;
    }
}
