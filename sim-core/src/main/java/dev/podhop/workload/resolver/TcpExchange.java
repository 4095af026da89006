package dev.podhop.workload.resolver;

import dev.podhop.dns.DnsAnswer;
import dev.podhop.dns.NameServer;
import dev.podhop.dns.Question;
import dev.podhop.dns.RecordType;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.AttemptSpec;
import dev.podhop.workload.Timers;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * glibc with {@code use-vc} ({@code send_vc}): both questions over one TCP connection, server after
 * server. It sets no timeout of its own, so that the kernel's patience with a SYN decides.
 *
 * <p>The connection's packets are the attempt's; what is asked over it is told to the server when
 * the answer has come back, half a round trip late.
 */
final class TcpExchange extends Exchange implements Timers.Owner {

    private static final int PORT = 53;
    private static final int QUESTION_BYTES = 80;
    /** Longer than any retransmission ladder. */
    static final long KERNELS_NANOS = 3_600_000_000_000L;

    private final int slot;
    private final long patienceNanos;
    private long timer;
    private int server;
    private int round;
    private boolean silent;
    private boolean failed;
    private int open;
    private long delayNanos;

    /** @param patienceNanos how long a connection and its answer may take */
    TcpExchange(Asking asking, String name, List<RecordType> types, long patienceNanos,
            Consumer<Exchange> then) {
        super(asking, name, types, then);
        this.patienceNanos = patienceNanos;
        this.slot = asking.workload().timers().enter(this);
    }

    @Override
    void start() {
        questions.forEach(question -> asking.counted());
        AttemptSpec call = new AttemptSpec("dns", round, asking.label(),
                new SocketAddress(asking.conf().nameservers().get(server), PORT), L4Protocol.TCP, 0,
                QUESTION_BYTES, patienceNanos, true);
        asking.workload().within(asking.attempt(), asking.client(), call, this::called);
    }

    private void called(AttemptResult result) {
        if (over()) {
            return;
        }
        if (result.outcome() != Outcome.Answered) {
            silent |= result.outcome() == Outcome.TimedOut;
            next();
            return;
        }
        String endpoint = Objects.requireNonNull(result.endpoint());
        open = questions.size();
        delayNanos = 0;
        for (Question question : questions) {
            asking.dialogue().reply(endpoint, asking.attempt(), question,
                    reply -> told(question, reply));
        }
    }

    private void told(Question question, NameServer.@Nullable Reply reply) {
        if (over()) {
            return;
        }
        if (reply == null) {
            end(End.SILENT); // whoever took the connection knows nothing of names
            return;
        }
        answers.put(question.type(), reply.answer());
        delayNanos = Math.max(delayNanos, reply.delayNanos());
        if (--open == 0) {
            timer = asking.workload().timers().after(delayNanos, slot, 0);
        }
    }

    private void next() {
        server++;
        if (server == asking.conf().nameservers().size()) {
            server = 0;
            round++;
        }
        if (round == asking.conf().attempts()) {
            end(silent ? End.SILENT : failed ? End.FAILED : End.REFUSED);
        } else {
            start();
        }
    }

    @Override
    public void expired(int which) {
        if (answers.values().stream().anyMatch(DnsAnswer::failed)) {
            answers.clear();
            failed = true;
            next();
        } else {
            end(End.ANSWERED);
        }
    }

    @Override
    void release() {
        asking.workload().timers().cancel(timer);
        asking.workload().timers().leave(slot);
    }
}
