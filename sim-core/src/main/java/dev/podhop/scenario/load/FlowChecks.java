package dev.podhop.scenario.load;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.Pacing;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.Reading.Origin;
import dev.podhop.scenario.load.References.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the flows of a timeline. */
final class FlowChecks {

    private final Reading reading;
    private final Problems problems;
    private final References references;
    private final Map<String, Location> names = new HashMap<>();

    FlowChecks(Reading reading, References references) {
        this.reading = reading;
        this.problems = reading.problems();
        this.references = references;
    }

    /** Flows are named by expectations, filters and reports: a name must mean one of them. */
    void check(Send send) {
        Origin origin = reading.origin(send);
        Location first = names.putIfAbsent(send.flow(), origin.locate("flow"));
        if (first != null) {
            told(origin, "flow", "the flow \"" + send.flow() + "\" a second time",
                    "a name of its own; the first is in line " + first.line());
        }
        references.source(send.from(), new Place(origin.locate("from"), origin.pathOf("from")));
        references.target(send.to(), new Place(origin.locate("to"), origin.pathOf("to")));
        pacing(send, origin);
        span(send, origin);
        family(send, origin);
        connections(send, origin);
        if (send.protocol() != L4Protocol.UDP && origin.value("connected") != null) {
            told(origin, "connected", "connected on a flow of " + send.protocol(),
                    "it on a flow of UDP");
        }
    }

    private void connections(Send send, Origin origin) {
        if (send.keepAlive() && send.protocol() != L4Protocol.TCP) {
            told(origin, "keepAlive", "keepAlive on a flow of " + send.protocol(),
                    "it on a flow of TCP");
        }
        if (send.keepAlive() && send.sourcePort() != null) {
            told(origin, "sourcePort", "sourcePort beside keepAlive", "one of the two");
        }
        for (String key : List.of("connections", "multiplex", "maxConnectionAge")) {
            if (!send.keepAlive() && origin.value(key) != null) {
                told(origin, key, key + " without keepAlive", "keepAlive: true beside it");
            }
        }
    }

    /** {@code count} and {@code every}, or {@code rate} and {@code for}, or {@code clients}. */
    private void pacing(Send send, Origin origin) {
        if (send.rate() != null) {
            excluded(origin, "rate", "count", send.count());
            excluded(origin, "rate", "every", send.everyNanos());
            excluded(origin, "rate", "clients", send.clients());
            needed(origin, "rate", send.forNanos() != null, "for");
        } else if (send.clients() != null) {
            excluded(origin, "clients", "every", send.everyNanos());
            needed(origin, "clients", send.forNanos() != null || send.count() != null,
                    "for or count");
        } else {
            // What could not be read is told of already.
            if (send.forNanos() != null && origin.value("rate") == null
                    && origin.value("clients") == null) {
                steadyFor(send, origin);
            }
            if (send.thinkTimeNanos() != null && origin.value("clients") == null) {
                told(origin, "thinkTime", "thinkTime without clients", "it beside clients");
            }
        }
    }

    /** {@code every} and {@code for} say how many. */
    private void steadyFor(Send send, Origin origin) {
        Long every = send.everyNanos();
        if (origin.value("every") == null) {
            told(origin, "for", "for without rate, clients or every", "one of them beside it");
        } else if (origin.value("count") != null) {
            told(origin, "count", "count beside every and for", "two of the three");
        } else if (every != null && send.forNanos() != null
                && (every == 0 || Math.ceilDiv(send.forNanos(), every) > Send.MOST)) {
            told(origin, "every", SimTime.format(every), "a period of which at most " + Send.MOST
                    + " are in " + SimTime.format(send.forNanos()));
        }
    }

    /** Beyond the longest duration, times overflow. */
    private void span(Send send, Origin origin) {
        long each = switch (send.pacing()) {
            case Pacing.Steady steady -> steady.everyNanos();
            case Pacing.Closed closed -> closed.count().isEmpty() ? 0 : closed.thinkTimeNanos();
            case Pacing.Poisson poisson -> 0;
        };
        int count = send.count() == null ? 1 : send.count();
        if (each > 0 && count > SimTime.LONGEST / each) {
            told(origin, "count", count + " times " + SimTime.format(each),
                    "at most 600000h in all");
        }
    }

    private void excluded(Origin origin, String key, String other, @Nullable Object value) {
        if (value != null) {
            told(origin, other, other + " beside " + key, "one of the two");
        }
    }

    private void needed(Origin origin, String key, boolean given, String wanted) {
        if (!given) {
            told(origin, key, key + " without " + wanted, wanted + " beside it");
        }
    }

    /** An address has one family; asking it for the other can only be a mistake. */
    private void family(Send send, Origin origin) {
        IpFamily family = send.family();
        if (family != null && send.to() instanceof FlowTarget.AddressTarget target
                && target.endpoint().address().family() != family) {
            told(origin, "family", family + " beside the address " + target,
                    "the address's own family, or no family");
        }
    }

    private void told(Origin origin, String key, String found, String expected) {
        problems.unexpected(origin.locate(key), origin.pathOf(key), found, expected);
    }
}
