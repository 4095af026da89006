package dev.podhop.workload.resolver;

import dev.podhop.dns.DnsAnswer;
import dev.podhop.dns.Question;
import dev.podhop.dns.RecordType;
import dev.podhop.engine.SimTime;
import dev.podhop.net.IpAddress;
import dev.podhop.workload.Timers;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * glibc's way ({@code send_dg} in resolv/res_send.c): server after server, round after round; both
 * questions at once on one connected socket, which a later round uses again.
 *
 * <pre>
 *   ask A, AAAA -- both answered --------------------------------------&gt; done
 *      |-- timeout, one answered: from now on one at a time, ask again
 *      |-- the same once more: each from a socket of its own, ask again
 *      |-- and once more: the one answer is all there is
 *      |-- SERVFAIL: what was answered before is all there is; else as below
 *      |-- timeout, none answered, or refused: the next server, the next round
 * </pre>
 */
final class GlibcExchange extends Exchange implements QuerySocket.Owner, Timers.Owner {

    private final Mode mode;
    private final int slot;
    private long timer;
    private @Nullable QuerySocket socket;
    private int server;
    private int round;
    private int asked;
    private boolean silent;
    private boolean failed;

    /** What a process has learnt about its servers; it stays for later names. */
    static final class Mode {
        boolean single;
        boolean reopen;

        Mode(ResolvConf conf) {
            single = conf.singleRequest();
            reopen = conf.singleRequestReopen();
        }
    }

    GlibcExchange(Asking asking, Mode mode, String name, List<RecordType> types,
            Consumer<Exchange> then) {
        super(asking, name, types, then);
        this.mode = mode;
        this.slot = asking.workload().timers().enter(this);
    }

    @Override
    void start() {
        ask();
    }

    private IpAddress address() {
        return asking.conf().nameservers().get(server);
    }

    /** {@code retry}: all questions, or the first of them, with a new deadline. */
    private void ask() {
        answers.clear();
        asking.workload().timers().cancel(timer);
        timer = asking.workload().timers().after(timeoutNanos(), slot, 0);
        asked++;
        if (socket == null) {
            socket = QuerySocket.connected(asking, this, address());
        }
        if (socket == null || !sendAll(socket)) {
            refused();
        }
    }

    private boolean sendAll(QuerySocket out) {
        boolean pair = !mode.single && questions.size() > 1;
        boolean racing = pair && out.isNew() && asking.race().happens(asking);
        boolean sent = out.ask(questions.getFirst(), address(), asked, false);
        return pair && sent && !over()
                ? out.ask(questions.getLast(), address(), asked, racing)
                : sent;
    }

    /** {@code get_timeout}: later servers get longer, shared between them. */
    private long timeoutNanos() {
        int seconds = asking.conf().timeoutSeconds() << server;
        if (server > 0) {
            seconds /= asking.conf().nameservers().size();
        }
        return Math.max(1, seconds) * SimTime.SECOND;
    }

    @Override
    public void answered(Question question, DnsAnswer answer, IpAddress from) {
        if (over() || !questions.contains(question) || isAnswered(question)) {
            return;
        }
        if (answer.failed()) {
            serverFailed();
            return;
        }
        answers.put(question.type(), answer);
        if (allAnswered()) {
            end(End.ANSWERED);
        } else if (mode.single) {
            askSecond();
        }
    }

    /** {@code next_ns} of {@code send_dg}. */
    private void serverFailed() {
        if (answers.isEmpty()) {
            failed = true;
            close();
            next();
        } else {
            end(End.ANSWERED);
        }
    }

    private void askSecond() {
        if (mode.reopen && socket != null) {
            socket.close();
            socket = QuerySocket.connected(asking, this, address());
        }
        if (socket == null || !socket.ask(questions.getLast(), address(), asked, false)) {
            refused();
        }
    }

    @Override
    public void expired(int which) {
        if (answers.isEmpty()) {
            silent = true;
            next();
        } else if (!mode.single) {
            // Some servers cannot take two questions from one source: from now on one by one.
            mode.single = true;
            ask();
        } else if (!mode.reopen) {
            mode.reopen = true;
            close();
            ask();
        } else {
            end(End.ANSWERED);
        }
    }

    @Override
    public void refused() {
        if (!over()) {
            close();
            next();
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
            return;
        }
        if (asking.conf().nameservers().size() > 1) {
            close();
        }
        ask();
    }

    private void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    @Override
    void release() {
        close();
        asking.workload().timers().cancel(timer);
        asking.workload().timers().leave(slot);
    }
}
