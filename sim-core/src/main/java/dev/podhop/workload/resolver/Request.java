package dev.podhop.workload.resolver;

import dev.podhop.dns.DnsAnswer;
import dev.podhop.dns.DnsRecord;
import dev.podhop.dns.NameServer;
import dev.podhop.dns.RecordType;
import dev.podhop.net.IpAddress;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.Lookup;
import dev.podhop.workload.Lookup.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One {@code getaddrinfo}: the names to try, one exchange after the other. */
final class Request implements Lookup.Pending {

    private final Asking asking;
    private final Wanted wanted;
    private final GlibcExchange.Mode mode;
    private final Consumer<Found> then;
    private final List<String> candidates;
    private int tried;
    /** The first name that there is, though no address belongs to it. */
    private @Nullable String addressless;
    private @Nullable Exchange exchange;

    /**
     * What is wanted.
     *
     * @param types A, AAAA or both, in the order in which they are asked
     * @param direct the server, where it is asked without packets; null where it is not
     */
    record Wanted(String name, Library library, List<RecordType> types, boolean preferV4,
            @Nullable NameServer direct) {}

    Request(Asking asking, Wanted wanted, Consumer<Found> then) {
        this.asking = asking;
        this.wanted = wanted;
        this.mode = new GlibcExchange.Mode(asking.conf());
        this.then = then;
        this.candidates = wanted.library.candidates(wanted.name, asking.conf());
    }

    void start() {
        if (wanted.direct == null && asking.conf().nameservers().isEmpty()) {
            fail(Outcome.Unreachable, ResolverReason.NO_SERVERS.with("name", wanted.name));
            return;
        }
        String name = candidates.get(tried++);
        Exchange next;
        if (wanted.direct != null) {
            next = new DirectExchange(asking, wanted.direct, name, wanted.types, this::ended);
        } else if (wanted.library == Library.MUSL) {
            next = new MuslExchange(asking, name, wanted.types, this::ended);
        } else if (asking.conf().useVc()) {
            next = new TcpExchange(asking, name, wanted.types,
                    TcpExchange.KERNELS_NANOS, this::ended);
        } else {
            next = new GlibcExchange(asking, mode, name, wanted.types, this::ended);
        }
        exchange = next;
        next.start();
    }

    private void ended(Exchange over) {
        String servers = asking.conf().nameservers().stream().map(IpAddress::toString)
                .collect(Collectors.joining(", "));
        switch (over.end()) {
            case REFUSED -> fail(Outcome.Refused, ResolverReason.REFUSED.with("name", wanted.name,
                    "servers", servers));
            case SILENT -> fail(Outcome.TimedOut, ResolverReason.SILENT.with("name", wanted.name,
                    "servers", servers));
            case FAILED -> fail(Outcome.Unreachable, ResolverReason.FAILED.with("name", wanted.name,
                    "servers", servers));
            default -> judge(over.answers.values());
        }
    }

    private void judge(Collection<DnsAnswer> answers) {
        boolean found = answers.stream().anyMatch(DnsAnswer::found);
        if (addressless == null
                && answers.stream().anyMatch(a -> a.rcode() == DnsAnswer.Rcode.NOERROR)) {
            addressless = candidates.get(tried - 1);
        }
        // musl takes an empty answer for the last word; to glibc it is one name less to try.
        boolean definitive = wanted.library == Library.MUSL
                && answers.stream().allMatch(a -> a.rcode() == DnsAnswer.Rcode.NOERROR);
        if (!found && !definitive && tried < candidates.size()) {
            asking.workload().reached(
                    List.of(tried, mode.single, mode.reopen, asking.nowNanos()), false);
            start();
            return;
        }
        List<IpAddress> addresses = sorted(answers.stream().flatMap(a -> a.records().stream())
                .map(DnsRecord::address).filter(Objects::nonNull).map(a -> (IpAddress) a)
                .distinct().toList());
        if (addresses.isEmpty()) {
            String all = String.join(", ", candidates.subList(0, tried));
            fail(Outcome.Unreachable, addressless == null
                    ? ResolverReason.UNKNOWN.with("name", wanted.name, "tried", all)
                    : ResolverReason.NO_ADDRESS.with("name", wanted.name, "exists", addressless,
                            "tried", all));
        } else {
            asking.workload().reached(List.of(addresses.getFirst(), asking.nowNanos()), true);
            then.accept(new Found(addresses, null, ResolverReason.RESOLVED.with("name",
                    wanted.name, "address", addresses.getFirst().toString())));
        }
    }

    /**
     * RFC 6724 as far as it decides between families: an address that cannot be reached from here
     * comes last, and IPv6 before IPv4.
     */
    private List<IpAddress> sorted(List<IpAddress> addresses) {
        List<IpAddress> sorted = new ArrayList<>();
        for (boolean reachable : List.of(true, false)) {
            for (boolean v4 : wanted.preferV4 ? List.of(true, false) : List.of(false, true)) {
                addresses.stream().filter(a -> a.isV4() == v4
                        && (asking.client().sourceFor(a) != null) == reachable)
                        .forEach(sorted::add);
            }
        }
        return sorted;
    }

    private void fail(Outcome outcome, Explanation why) {
        asking.workload().reached(List.of(outcome, asking.nowNanos()), true);
        then.accept(new Found(List.of(), outcome, why));
    }

    @Override
    public void abandon() {
        if (exchange != null) {
            exchange.abandon();
        }
    }
}
