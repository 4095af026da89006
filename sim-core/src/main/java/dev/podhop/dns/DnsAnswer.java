package dev.podhop.dns;

import java.util.List;

/**
 * A server's answer.
 *
 * @param records what it found, a chain of aliases first; empty for a name that is not there, and
 *        for one that is there without records of the type asked for (NODATA)
 * @param ttlSeconds how long it may be kept: the least TTL of its records, or of the SOA that comes
 *        with a negative answer (RFC 2308)
 */
public record DnsAnswer(Rcode rcode, List<DnsRecord> records, int ttlSeconds) {

    /** The response codes that matter to a resolver (RFC 1035 4.1.1). */
    public enum Rcode {
        NOERROR,
        NXDOMAIN,
        /** The server could not find out: nobody that it asks has told it. */
        SERVFAIL
    }

    public DnsAnswer {
        records = List.copyOf(records);
    }

    static DnsAnswer of(List<DnsRecord> records, int negativeTtlSeconds) {
        return new DnsAnswer(Rcode.NOERROR, records, records.stream()
                .mapToInt(DnsRecord::ttlSeconds).min().orElse(negativeTtlSeconds));
    }

    static DnsAnswer noSuchName(int ttlSeconds) {
        return new DnsAnswer(Rcode.NXDOMAIN, List.of(), ttlSeconds);
    }

    /** The answer of a server whose own servers do not answer. */
    static DnsAnswer failure(int ttlSeconds) {
        return new DnsAnswer(Rcode.SERVFAIL, List.of(), ttlSeconds);
    }

    /** Whether the server does not know, which says nothing of the name. */
    public boolean failed() {
        return rcode == Rcode.SERVFAIL;
    }

    /** Whether it holds a record. */
    public boolean found() {
        return !records.isEmpty();
    }

    /** Whether the name is there, but has no record of this type. */
    public boolean isNoData() {
        return rcode == Rcode.NOERROR && records.isEmpty();
    }

    DnsAnswer withTtl(int seconds) {
        return new DnsAnswer(rcode, records.stream().map(r -> r.withTtl(seconds)).toList(),
                seconds);
    }
}
