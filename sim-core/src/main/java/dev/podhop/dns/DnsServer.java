package dev.podhop.dns;

/** One CoreDNS: its own view of the zone, its own cache. */
public final class DnsServer implements NameServer {

    private final ClusterZone zone;
    private final Corefile corefile;
    private final OuterNames outer;
    private final AnswerCache cache = new AnswerCache();

    public DnsServer(ClusterZone zone, Corefile corefile, OuterNames outer) {
        this.zone = zone;
        this.corefile = corefile;
        this.outer = outer;
    }

    /** Answers, and remembers the answer for as long as the cache plugin would. */
    @Override
    public Reply ask(Question question, long nowNanos) {
        DnsAnswer kept = cache.find(question, nowNanos);
        if (kept != null) {
            return new Reply(kept, 0, true);
        }
        boolean own = zone.holds(question);
        DnsAnswer answer = own ? zone.answer(question) : outer.lookup(question);
        long delay = own && !zone.leadsOut(answer) ? 0 : outer.latencyNanos();
        Corefile.Cached kind = answer.found() ? corefile.positive() : corefile.negative();
        int seconds = kind.seconds(question.name(), answer.ttlSeconds());
        cache.keep(question, answer, seconds, nowNanos + delay);
        return new Reply(seconds > 0 ? answer.withTtl(seconds) : answer, delay, false);
    }

    public ClusterZone zone() {
        return zone;
    }

    public Corefile corefile() {
        return corefile;
    }

    /** A new process knows no answers. */
    public void forget() {
        cache.clear();
    }
}
