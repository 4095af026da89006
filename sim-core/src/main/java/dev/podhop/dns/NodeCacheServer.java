package dev.podhop.dns;

import dev.podhop.dns.CacheBlocks.Block;
import dev.podhop.net.IpAddress;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The CoreDNS of one node: it knows no name itself, and keeps what it was told. */
public final class NodeCacheServer {

    /** The cache plugin's {@code failttl}. */
    private static final int FAILURE_SECONDS = 5;

    private final List<Block> blocks;
    private final Supplier<@Nullable IpAddress> service;
    private final OuterNames outer;
    private final AnswerCache cache = new AnswerCache();

    /**
     * A server.
     *
     * @param service the address of its upstream Service; null for none
     * @param outer who is behind the node's own resolv.conf
     */
    NodeCacheServer(List<Block> blocks, Supplier<@Nullable IpAddress> service, OuterNames outer) {
        this.blocks = List.copyOf(blocks);
        this.service = service;
        this.outer = outer;
    }

    /**
     * Whom it asks.
     *
     * @param address null for servers outside the cluster, which are asked without packets
     * @param tcp over TCP, whatever it was asked over
     */
    public record Upstream(@Nullable IpAddress address, boolean tcp) {}

    /** The answer that it keeps; null for none. */
    public NameServer.@Nullable Reply kept(Question question, long nowNanos) {
        DnsAnswer kept = cache.find(question, nowNanos);
        return kept == null ? null : new NameServer.Reply(kept, 0, true);
    }

    /** Who is asked for what it does not keep; null where no block of its Corefile has the name. */
    public @Nullable Upstream upstream(Question question) {
        Block block = block(question);
        if (block == null) {
            return null;
        }
        IpAddress told = block.upstream() ? service.get() : block.address();
        return told == null && block.upstream() ? null : new Upstream(told, block.tcp());
    }

    private @Nullable Block block(Question question) {
        return blocks.stream().filter(each -> each.holds(question.name()) >= 0)
                .max(Comparator.comparingInt(each -> each.holds(question.name()))).orElse(null);
    }

    /** Whether it puts the addresses of each answer into another order. */
    public boolean shuffles(Question question) {
        Block block = block(question);
        return block != null && block.plugins().shuffles();
    }

    /** What the servers outside say, and how long they take. */
    public NameServer.Reply outside(Question question, long nowNanos) {
        NameServer.Reply reply = outer.ask(question, nowNanos);
        return new NameServer.Reply(
                keep(question, reply.answer(), nowNanos + reply.delayNanos()).answer(),
                reply.delayNanos(), false);
    }

    /** An answer that it was told goes to whoever asked, and is kept. */
    public NameServer.Reply keep(Question question, DnsAnswer answer, long nowNanos) {
        Block block = block(question);
        if (block == null) {
            return new NameServer.Reply(answer, 0, false);
        }
        Corefile.Cached kind =
                answer.found() ? block.plugins().positive() : block.plugins().negative();
        int seconds = kind.seconds(question.name(), answer.ttlSeconds());
        cache.keep(question, answer, seconds, nowNanos);
        return new NameServer.Reply(seconds > 0 ? answer.withTtl(seconds) : answer, 0, false);
    }

    /** Nobody told it: SERVFAIL, for some seconds to everybody who asks. */
    public NameServer.Reply fail(Question question, long nowNanos) {
        Block block = block(question);
        if (block != null && block.plugins().negative().mostSeconds() > 0) {
            cache.keep(question, DnsAnswer.failure(FAILURE_SECONDS), FAILURE_SECONDS, nowNanos);
        }
        return new NameServer.Reply(DnsAnswer.failure(FAILURE_SECONDS), 0, false);
    }

    /** A new process knows no answers. */
    void forget() {
        cache.clear();
    }
}
