package dev.podhop.dns;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CoreDNS' {@code cache} plugin: positive and negative answers by question. */
final class AnswerCache {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Map<Question, Entry> entries = new LinkedHashMap<>();

    private record Entry(DnsAnswer answer, int ttlSeconds, long sinceNanos) {}

    /** The answer kept, with what is left of its TTL ({@code item.toMsg}); null for none. */
    @Nullable DnsAnswer find(Question question, long nowNanos) {
        Entry entry = entries.get(question);
        if (entry == null) {
            return null;
        }
        int left = entry.ttlSeconds - (int) ((nowNanos - entry.sinceNanos) / SECOND_NANOS);
        if (left <= 0) {
            entries.remove(question);
            return null;
        }
        return entry.answer.withTtl(left);
    }

    void keep(Question question, DnsAnswer answer, int seconds, long nowNanos) {
        if (seconds > 0) {
            entries.put(question, new Entry(answer, seconds, nowNanos));
        }
    }

    void clear() {
        entries.clear();
    }
}
