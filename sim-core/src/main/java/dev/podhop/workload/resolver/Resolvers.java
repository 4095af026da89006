package dev.podhop.workload.resolver;

import dev.podhop.dns.DnsServer;
import dev.podhop.dns.NameServer;
import dev.podhop.dns.RecordType;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.workload.Lookup;
import dev.podhop.workload.Traffic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All clients' resolvers, and what their processes remember. */
public final class Resolvers {

    private final Traffic workload;
    private final Dialogue dialogue;
    private final Race race;
    /** By client and name. */
    private final Map<String, Memory> memories = new HashMap<>();

    private record Memory(Lookup.Found found, long untilNanos) {}

    /**
     * A way of asking.
     *
     * @param rememberNanos how long the process keeps an address; 0 for not at all, a negative
     *        number for ever
     * @param rememberFailureNanos how long it keeps that there is no such name
     */
    public record Manner(Library library, long rememberNanos, long rememberFailureNanos) {

        boolean remembers() {
            return rememberNanos != 0;
        }
    }

    /**
     * Where a client asks.
     *
     * @param direct the server, where it is asked without packets; null where it is not
     */
    public record Place(String client, ResolvConf conf, @Nullable NameServer direct) {}

    /**
     * Resolvers whose questions are answered by these servers.
     *
     * @param servers CoreDNS by the label of its pod
     * @param caches NodeLocal DNSCaches by the label of their pods
     * @param forgetting called when everything is forgotten: a new data plane, or new processes
     */
    public Resolvers(Traffic workload, Function<String, @Nullable DnsServer> servers,
            Function<String, @Nullable CachePlace> caches, Runnable forgetting, Race race) {
        this.workload = workload;
        this.race = race;
        this.dialogue = new Dialogue(workload, servers, caches, () -> {
            memories.clear();
            forgetting.run();
        });
        workload.answering(dialogue);
    }

    /**
     * A client's way to a name.
     *
     * @param family the only one that is asked for; null for both
     */
    public Lookup lookup(Place place, Manner manner, String name, int port,
            @Nullable IpFamily family) {
        List<RecordType> types = family == null ? List.of(RecordType.A, RecordType.AAAA)
                : List.of(RecordType.of(family));
        Request.Wanted wanted = new Request.Wanted(name, manner.library(), types,
                manner.remembers(), place.direct());
        return new Lookup() {
            @Override
            public int port() {
                return port;
            }

            @Override
            public Pending ask(NetworkNamespace client, int attempt, Consumer<Found> then) {
                String key = place.client() + ' ' + name + ' ' + types;
                Memory memory = memories.get(key);
                if (memory != null && workload.timers().nowNanos() < memory.untilNanos) {
                    then.accept(memory.found);
                    return () -> {};
                }
                Consumer<Found> keeping = found -> {
                    keep(key, manner, found);
                    then.accept(found);
                };
                Request request = new Request(new Asking(workload, dialogue, client,
                        place.client(), attempt, place.conf(), race, true), wanted, keeping);
                request.start();
                return request;
            }
        };
    }

    private void keep(String key, Manner manner, Lookup.Found found) {
        long keepNanos = found.failure() == null ? manner.rememberNanos()
                : manner.rememberFailureNanos();
        if (keepNanos != 0) {
            memories.put(key, new Memory(found, keepNanos < 0 ? Long.MAX_VALUE
                    : workload.timers().nowNanos() + keepNanos));
        }
    }

    /** A client's process is a new one. */
    public void restarted(String client) {
        memories.keySet().removeIf(key -> key.startsWith(client + ' '));
    }
}
