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
 * musl's way ({@code __res_msend_rc}): every question to every server at once, from one unconnected
 * socket; what is not answered is asked again every timeout / attempts. So a lost datagram costs
 * 2.5 s with the defaults, where glibc's costs 5 s; and nobody hears of a refusal.
 */
final class MuslExchange extends Exchange implements QuerySocket.Owner, Timers.Owner {

    private static final int AGAIN = 0;
    private static final int GIVE_UP = 1;

    private final int slot;
    private @Nullable QuerySocket socket;
    private long againTimer;
    private long endTimer;
    private int asked;
    /** {@code servfail_retry}. */
    private int failuresToRepeat;

    MuslExchange(Asking asking, String name, List<RecordType> types, Consumer<Exchange> then) {
        super(asking, name, types, then);
        this.slot = asking.workload().timers().enter(this);
    }

    @Override
    void start() {
        long timeout = asking.conf().timeoutSeconds() * SimTime.SECOND;
        endTimer = asking.workload().timers().after(timeout, slot, GIVE_UP);
        socket = QuerySocket.open(asking, this, asking.conf().nameservers().getFirst());
        ask();
    }

    private void ask() {
        asked++;
        failuresToRepeat = 2 * questions.size();
        againTimer = asking.workload().timers().after(asking.conf().timeoutSeconds()
                * SimTime.SECOND / asking.conf().attempts(), slot, AGAIN);
        if (socket == null) {
            return;
        }
        boolean isNew = socket.isNew();
        boolean racing = isNew && questions.size() > 1 && asking.race().happens(asking);
        for (Question question : questions) {
            boolean second = !question.equals(questions.getFirst());
            for (IpAddress server : asking.conf().nameservers()) {
                if (!over() && !isAnswered(question)) {
                    socket.ask(question, server, asked, second && racing);
                }
            }
        }
    }

    @Override
    public void answered(Question question, DnsAnswer answer, IpAddress from) {
        boolean own = !over() && questions.contains(question) && !isAnswered(question)
                && asking.conf().nameservers().contains(from);
        if (own && answer.failed()) {
            if (failuresToRepeat > 0 && socket != null) {
                failuresToRepeat--;
                socket.ask(question, from, asked, false);
            }
        } else if (own) {
            answers.put(question.type(), answer);
            if (allAnswered()) {
                end(End.ANSWERED);
            }
        }
    }

    @Override
    public void refused() {
        // An unconnected socket hears of no ICMP error.
    }

    @Override
    public void expired(int which) {
        if (which == GIVE_UP) {
            end(End.SILENT);
        } else {
            ask();
        }
    }

    @Override
    void release() {
        if (socket != null) {
            socket.close();
        }
        asking.workload().timers().cancel(againTimer);
        asking.workload().timers().cancel(endTimer);
        asking.workload().timers().leave(slot);
    }
}
