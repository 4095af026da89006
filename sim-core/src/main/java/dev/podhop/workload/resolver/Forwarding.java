package dev.podhop.workload.resolver;

import dev.podhop.dns.DnsAnswer;
import dev.podhop.dns.NameServer;
import dev.podhop.dns.NodeCacheServer.Upstream;
import dev.podhop.dns.Question;
import dev.podhop.engine.SimTime;
import dev.podhop.net.IpAddress;
import dev.podhop.workload.Traffic;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a node's cache asks when it does not know ({@code plugin/forward} of CoreDNS): its one
 * upstream, once; without an answer it says SERVFAIL. The packets are the attempt's.
 *
 * <p>A connection is opened for each question. The plugin would use one again for ten seconds.
 */
final class Forwarding {

    /** {@code minDialTimeout}, which applies once some connections have succeeded. */
    private static final long TCP_NANOS = SimTime.SECOND;
    /** {@code readTimeout}, seconds. */
    private static final String UDP_SECONDS = "2";

    private final Traffic workload;
    private final Dialogue dialogue;
    private final Function<String, @Nullable CachePlace> caches;
    private final Race race = Race.NEVER;

    Forwarding(Traffic workload, Dialogue dialogue,
            Function<String, @Nullable CachePlace> caches) {
        this.workload = workload;
        this.dialogue = dialogue;
        this.caches = caches;
    }

    /** The cache that answers by this name; null for anybody else. */
    @Nullable CachePlace cache(String endpoint) {
        return caches.apply(endpoint);
    }

    /** Asks a cache. */
    void ask(CachePlace cache, int attempt, Question question,
            Consumer<NameServer.Reply> then) {
        NameServer.Reply kept = cache.server().kept(question, now());
        if (kept != null) {
            then.accept(kept);
            return;
        }
        Upstream upstream = cache.server().upstream(question);
        if (upstream == null) {
            then.accept(cache.server().fail(question, now()));
            return;
        }
        IpAddress address = upstream.address();
        if (address == null) {
            then.accept(cache.server().outside(question, now()));
        } else {
            forward(cache, attempt, question, new Upstream(address, upstream.tcp()), then);
        }
    }

    private void forward(CachePlace cache, int attempt, Question question, Upstream upstream,
            Consumer<NameServer.Reply> then) {
        ResolvConf conf = ResolvConf.EMPTY
                .plus(List.of(Objects.requireNonNull(upstream.address())), List.of())
                .with("attempts", "1").with("timeout", UDP_SECONDS);
        Asking asking = new Asking(workload, dialogue, cache.host(), cache.label(), attempt, conf,
                race, false);
        Consumer<Exchange> over = exchange -> {
            DnsAnswer answer = exchange.answers.get(question.type());
            then.accept(answer == null || answer.failed() ? cache.server().fail(question, now())
                    : cache.server().keep(question, answer, now()));
        };
        Exchange exchange = upstream.tcp()
                ? new TcpExchange(asking, question.name(), List.of(question.type()), TCP_NANOS,
                        over)
                : new GlibcExchange(asking, new GlibcExchange.Mode(conf), question.name(),
                        List.of(question.type()), over);
        exchange.start();
    }

    private long now() {
        return workload.timers().nowNanos();
    }
}
