package dev.podhop.workload.resolver;

import dev.podhop.dns.DnsAnswer;
import dev.podhop.dns.DnsRecord;
import dev.podhop.dns.DnsServer;
import dev.podhop.dns.NameServer;
import dev.podhop.dns.Question;
import dev.podhop.dns.RecordType;
import dev.podhop.engine.Keys;
import dev.podhop.netstack.Network;
import dev.podhop.trace.Explanation;
import dev.podhop.workload.Answering;
import dev.podhop.workload.Traffic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was asked and what was answered: packets carry a number into it instead of bytes. */
final class Dialogue implements Answering {

    private final Network network;
    private final Function<String, @Nullable DnsServer> servers;
    private final Forwarding forwarding;
    private final Runnable forgetting;
    private final List<Turn> turns = new ArrayList<>();
    private final Map<Integer, Integer> byAttempt = new HashMap<>();

    /** A question, and what came of it. */
    static final class Turn {
        final Question question;
        @Nullable DnsAnswer answer;
        boolean cached;

        Turn(Question question) {
            this.question = question;
        }
    }

    /**
     * An empty dialogue.
     *
     * @param servers CoreDNS by the label of its pod
     * @param caches those that ask others, by the label of their pods; nobody else answers
     * @param forgetting called when everything under way is forgotten
     */
    Dialogue(Traffic workload, Function<String, @Nullable DnsServer> servers,
            Function<String, @Nullable CachePlace> caches, Runnable forgetting) {
        this.network = workload.network();
        this.forwarding = new Forwarding(workload, this, caches);
        this.servers = servers;
        this.forgetting = forgetting;
    }

    /** The segment that stands for a question. */
    int ask(Question question) {
        turns.add(new Turn(question));
        return FIRST_QUESTION - 2 * (turns.size() - 1);
    }

    /** The answered question that a segment stands for; null for one that is no answer. */
    @Nullable Turn answered(int segment) {
        int below = FIRST_QUESTION - 1 - segment;
        return below >= 0 && below % 2 == 0 ? turns.get(below / 2) : null;
    }

    @Override
    public void answer(String endpoint, int attempt, int segment, LongConsumer then) {
        Turn turn = turns.get((FIRST_QUESTION - segment) / 2);
        reply(endpoint, attempt, turn.question, reply -> {
            if (reply == null) {
                then.accept(SILENT);
                return;
            }
            turn.cached = reply.cached();
            turn.answer = reply.answer();
            then.accept(reply.delayNanos());
        });
    }

    /**
     * What a server answers.
     *
     * @param then told now, or once others have told the server; null for a pod that is none
     */
    void reply(String endpoint, int attempt, Question question,
            Consumer<NameServer.@Nullable Reply> then) {
        CachePlace cache = forwarding.cache(endpoint);
        if (cache != null) {
            forwarding.ask(cache, attempt, question, reply -> then.accept(
                    cache.server().shuffles(question) ? shuffled(reply, endpoint, attempt)
                            : reply));
            return;
        }
        DnsServer server = servers.apply(endpoint);
        if (server == null) {
            then.accept(null);
            return;
        }
        NameServer.Reply reply = server.ask(question, network.simulation().nowNanos());
        then.accept(server.corefile().shuffles() ? shuffled(reply, endpoint, attempt) : reply);
    }

    private NameServer.Reply shuffled(NameServer.Reply reply, String endpoint, int attempt) {
        return new NameServer.Reply(shuffled(reply.answer(), endpoint, attempt),
                reply.delayNanos(), reply.cached());
    }

    /**
     * The {@code loadbalance} plugin puts the addresses into another order for every answer. Which
     * is first matters, and the plugin makes each as likely as any other.
     */
    private DnsAnswer shuffled(DnsAnswer answer, String endpoint, int attempt) {
        List<DnsRecord> addresses = answer.records().stream()
                .filter(r -> r.address() != null).toList();
        int first = network.luck().uniform(Keys.of("loadbalance " + endpoint), attempt,
                Math.max(1, addresses.size()));
        if (first == 0) {
            return answer;
        }
        List<DnsRecord> order = new ArrayList<>(answer.records().stream()
                .filter(r -> r.type() == RecordType.CNAME).toList());
        order.addAll(addresses.subList(first, addresses.size()));
        order.addAll(addresses.subList(0, first));
        return new DnsAnswer(answer.rcode(), order, answer.ttlSeconds());
    }

    @Override
    public Explanation why(int segment) {
        Turn turn = Objects.requireNonNull(answered(segment));
        DnsAnswer answer = Objects.requireNonNull(turn.answer);
        String type = turn.question.type().name();
        String name = turn.question.name();
        String ttl = String.valueOf(answer.ttlSeconds());
        if (answer.found()) {
            ResolverReason found = turn.cached ? ResolverReason.ANSWERED_FROM_CACHE
                    : ResolverReason.ANSWERED;
            return found.with("type", type, "name", name, "data", answer.records().stream()
                    .map(DnsRecord::data).collect(Collectors.joining(", ")), "ttl", ttl);
        }
        if (answer.failed()) {
            return ResolverReason.SERVER_FAILED.with("type", type, "name", name);
        }
        ResolverReason none = answer.isNoData() ? ResolverReason.NO_DATA
                : ResolverReason.NO_SUCH_NAME;
        return none.with("type", type, "name", name, "ttl", ttl);
    }

    /** An attempt asks a question, be it without a packet. */
    void counted(int attempt) {
        byAttempt.merge(attempt, 1, Integer::sum);
    }

    @Override
    public int questions(int attempt) {
        return byAttempt.getOrDefault(attempt, 0);
    }

    @Override
    public void reset() {
        turns.clear();
        byAttempt.clear();
        forgetting.run();
    }
}
