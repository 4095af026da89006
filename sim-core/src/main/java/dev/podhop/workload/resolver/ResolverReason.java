package dev.podhop.workload.resolver;

import dev.podhop.trace.Cites;
import dev.podhop.trace.Reason;
import java.util.List;

/** What the trace says of questions and answers; the sentences live in the reports' bundles. */
public enum ResolverReason implements Reason {
    ASKED("dns.asked", "type", "name", "server", "time"),
    ASKED_AGAIN("dns.asked.again", "type", "name", "server", "time"),
    /** The second of two datagrams, looked up on another CPU at the same moment. */
    ASKED_IN_RACE("dns.asked.race", "type", "name", "server"),
    ANSWERED("dns.answered", Of.NAMED, "type", "name", "data", "ttl"),
    ANSWERED_FROM_CACHE("dns.answered.cache", Of.NAMED, "type", "name", "data", "ttl"),
    NO_DATA("dns.answered.no-data", Of.NAMED, "type", "name", "ttl"),
    NO_SUCH_NAME("dns.answered.no-such-name", "type", "name", "ttl"),
    /** A server's own servers did not tell it. */
    SERVER_FAILED("dns.answered.failed", "type", "name"),
    /** The application's view: {@code EAI_NONAME}. */
    UNKNOWN("dns.unknown", "name", "tried"),
    /** The same, of a name that exists: an alias that leads nowhere, no record of the family. */
    NO_ADDRESS("dns.no-address", "name", "exists", "tried"),
    /** {@code EAI_AGAIN}: no server answered in time. */
    SILENT("dns.silent", "name", "servers"),
    /** {@code EAI_AGAIN}: every server's port was refused. */
    REFUSED("dns.refused", "name", "servers"),
    /** {@code EAI_AGAIN}: the servers said that they could not find out. */
    FAILED("dns.failed", "name", "servers"),
    NO_SERVERS("dns.no-servers", "name"),
    RESOLVED("dns.resolved", "name", "address");

    private final Wording wording;

    ResolverReason(String code, String... arguments) {
        this(code, Cites.NOTHING, arguments);
    }

    ResolverReason(String code, Cites cites, String... arguments) {
        this.wording = Wording.of(code, cites, arguments);
    }

    /** Whether a question goes out because of it. */
    public boolean asks() {
        return compareTo(ASKED_IN_RACE) <= 0;
    }

    @Override
    public Wording wording() {
        return wording;
    }

    private static final class Of {
        /** The Service of {@code web.default.svc.cluster.local}. */
        static final Cites NAMED = arguments -> {
            String[] labels = arguments.getOrDefault("name", "").split("\\.", -1);
            return labels.length < 3 || !labels[2].equals("svc") ? List.of()
                    : Cites.service(labels[1] + "/" + labels[0], "metadata.name");
        };

        private Of() {}
    }
}
