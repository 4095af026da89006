package dev.podhop.workload.resolver;

import dev.podhop.dns.NameServer;
import dev.podhop.dns.Question;
import dev.podhop.dns.RecordType;
import dev.podhop.net.Endpoint;
import dev.podhop.net.L4Protocol;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.AttemptSpec;
import dev.podhop.workload.Timers;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

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
    private static final long KERNELS_NANOS = 3_600_000_000_000L;

    private final int slot;
    private long timer;
    private int server;
    private int round;
    private boolean silent;

    TcpExchange(Asking asking, String name, List<RecordType> types, Consumer<Exchange> then) {
        super(asking, name, types, then);
        this.slot = asking.workload().timers().enter(this);
    }

    @Override
    void start() {
        questions.forEach(question -> asking.dialogue().counted(asking.attempt()));
        AttemptSpec call = new AttemptSpec("dns", round, asking.label(),
                new Endpoint(asking.conf().nameservers().get(server), PORT), L4Protocol.TCP, 0,
                QUESTION_BYTES, KERNELS_NANOS, true);
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
        long delay = 0;
        for (Question question : questions) {
            NameServer.Reply reply = asking.dialogue().reply(
                    Objects.requireNonNull(result.endpoint()), asking.attempt(), question);
            if (reply == null) {
                end(End.SILENT); // whoever took the connection knows nothing of names
                return;
            }
            answers.put(question.type(), reply.answer());
            delay = Math.max(delay, reply.delayNanos());
        }
        timer = asking.workload().timers().after(delay, slot, 0);
    }

    private void next() {
        server++;
        if (server == asking.conf().nameservers().size()) {
            server = 0;
            round++;
        }
        if (round == asking.conf().attempts()) {
            end(silent ? End.SILENT : End.REFUSED);
        } else {
            start();
        }
    }

    @Override
    public void expired(int which) {
        end(End.ANSWERED);
    }

    @Override
    void release() {
        asking.workload().timers().cancel(timer);
        asking.workload().timers().leave(slot);
    }
}
