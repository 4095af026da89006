package dev.podhop.dns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names outside the cluster's zone, as the servers behind CoreDNS' {@code forward} plugin know
 * them.
 *
 * @param latencyNanos from CoreDNS' question to their answer; its packets are not modelled
 */
public record OuterNames(Map<String, List<DnsRecord>> records, long latencyNanos)
        implements NameServer {

    /** Aliases followed before a server gives up. */
    private static final int LONGEST_CHAIN = 8;
    /** What a zone's SOA commonly says of negative answers; the caches' caps are lower. */
    private static final int NEGATIVE_TTL_SECONDS = 300;

    public OuterNames {
        records = new LinkedHashMap<>(records);
    }

    @Override
    public Reply ask(Question question, long nowNanos) {
        return new Reply(lookup(question), latencyNanos, false);
    }

    /** The answer of a recursive server, aliases followed. */
    public DnsAnswer lookup(Question question) {
        List<DnsRecord> chain = new ArrayList<>();
        String name = question.name();
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            List<DnsRecord> own = records.get(name);
            if (own == null) {
                return chain.isEmpty() ? DnsAnswer.noSuchName(NEGATIVE_TTL_SECONDS)
                        : DnsAnswer.of(chain, NEGATIVE_TTL_SECONDS);
            }
            List<DnsRecord> wanted = own.stream()
                    .filter(r -> r.type() == question.type()).toList();
            List<DnsRecord> aliases = own.stream()
                    .filter(r -> r.type() == RecordType.CNAME).toList();
            if (!wanted.isEmpty() || aliases.isEmpty()) {
                chain.addAll(wanted);
                return DnsAnswer.of(chain, NEGATIVE_TTL_SECONDS);
            }
            chain.add(aliases.getFirst());
            name = DnsNames.canonical(aliases.getFirst().data());
        }
        return DnsAnswer.of(chain, NEGATIVE_TTL_SECONDS);
    }
}
