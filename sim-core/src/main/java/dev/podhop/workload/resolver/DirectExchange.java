package dev.podhop.workload.resolver;

import dev.podhop.dns.NameServer;
import dev.podhop.dns.Question;
import dev.podhop.dns.RecordType;
import dev.podhop.workload.Timers;
import java.util.List;
import java.util.function.Consumer;

/** Where no server's packets are modelled: the answer comes when the server has it. */
final class DirectExchange extends Exchange implements Timers.Owner {

    private final NameServer server;
    private final int slot;
    private long timer;

    DirectExchange(Asking asking, NameServer server, String name, List<RecordType> types,
            Consumer<Exchange> then) {
        super(asking, name, types, then);
        this.server = server;
        this.slot = asking.workload().timers().enter(this);
    }

    @Override
    void start() {
        long delay = 0;
        for (Question question : questions) {
            asking.counted();
            NameServer.Reply reply = server.ask(question, asking.nowNanos());
            answers.put(question.type(), reply.answer());
            delay = Math.max(delay, reply.delayNanos());
        }
        if (delay == 0) {
            end(End.ANSWERED);
        } else {
            timer = asking.workload().timers().after(delay, slot, 0);
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
