package dev.podhop.workload.resolver;

import dev.podhop.trace.Explanation;
import dev.podhop.trace.Reason;
import java.util.List;

/** What the trace says of questions and answers; the sentences live in the reports' bundles. */
public enum ResolverReason implements Reason {
    ASKED("dns.asked", "type", "name", "server", "time"),
    ASKED_AGAIN("dns.asked.again", "type", "name", "server", "time"),
    /** The second of two datagrams, looked up on another CPU at the same moment. */
    ASKED_IN_RACE("dns.asked.race", "type", "name", "server"),
    ANSWERED("dns.answered", "type", "name", "data", "ttl"),
    ANSWERED_FROM_CACHE("dns.answered.cache", "type", "name", "data", "ttl"),
    NO_DATA("dns.answered.no-data", "type", "name", "ttl"),
    NO_SUCH_NAME("dns.answered.no-such-name", "type", "name", "ttl"),
    /** The application's view: {@code EAI_NONAME}. */
    UNKNOWN("dns.unknown", "name", "tried"),
    /** The same, of a name that exists: an alias that leads nowhere, no record of the family. */
    NO_ADDRESS("dns.no-address", "name", "exists", "tried"),
    /** {@code EAI_AGAIN}: no server answered in time. */
    SILENT("dns.silent", "name", "servers"),
    /** {@code EAI_AGAIN}: every server's port was refused. */
    REFUSED("dns.refused", "name", "servers"),
    NO_SERVERS("dns.no-servers", "name"),
    RESOLVED("dns.resolved", "name", "address");

    private final String code;
    private final List<String> arguments;

    ResolverReason(String code, String... arguments) {
        this.code = code;
        this.arguments = List.of(arguments);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }

    Explanation with(String... namesAndValues) {
        return Explanation.of(code, namesAndValues);
    }
}
