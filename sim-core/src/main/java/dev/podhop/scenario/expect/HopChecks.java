package dev.podhop.scenario.expect;

import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.PlacePattern;
import dev.podhop.scenario.expect.Journey.Drop;
import dev.podhop.scenario.expect.Journey.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Judges where packets went and ended. */
final class HopChecks {

    private final FlowSample sample;
    private final List<Journey> journeys;

    HopChecks(FlowSample sample, List<Journey> journeys) {
        this.sample = sample;
        this.journeys = journeys;
    }

    /** Every attempt must go this way: one that does not is enough to fail, and is named. */
    Check path(List<PlacePattern> pattern) {
        String statement = Statements.path(pattern);
        if (journeys.isEmpty()) {
            return notTraced(statement);
        }
        for (Journey journey : journeys) {
            if (!PlacePattern.matches(pattern, journey.request())) {
                return ExpectReason.PATH_OTHER.check(sample.flow(), statement,
                        String.join(" > ", journey.request()), journey.attempt());
            }
        }
        return ExpectReason.PATH_TAKEN.check(sample.flow(), statement, journeys.size(),
                sample.attempts().size());
    }

    /** A fault is reproduced when some attempt meets it; the others may be luckier. */
    Check dropped(Expectation.Drop wanted) {
        String statement = Statements.dropped(wanted);
        List<Drop> matching = new ArrayList<>();
        TreeSet<String> found = new TreeSet<>();
        for (Journey journey : journeys) {
            for (Drop drop : journey.drops()) {
                found.add(drop.where() + " " + drop.reason());
            }
            journey.drops().stream().filter(drop -> isMeant(wanted, drop)).findFirst()
                    .ifPresent(matching::add);
        }
        if (matching.isEmpty()) {
            return isCertain()
                    ? ExpectReason.DROP_NOT_SEEN.check(sample.flow(), statement,
                            found, journeys.size())
                    : notTraced(statement);
        }
        Drop first = matching.getFirst();
        return ExpectReason.DROP_SEEN.check(sample.flow(), statement, first.where(),
                first.reason(), matching.size(), journeys.size());
    }

    private static boolean isMeant(Expectation.Drop wanted, Drop drop) {
        PlacePattern where = wanted.where();
        return (where == null || where.matches(drop.where()))
                && (wanted.reason() == null || wanted.reason() == drop.reason());
    }

    /** A reply that misses its translator shows by its source, and by the way it did not take. */
    Check reply(Expectation.Reply wanted) {
        String statement = Statements.reply(wanted);
        List<Reply> matching = new ArrayList<>();
        TreeSet<String> found = new TreeSet<>();
        for (Journey journey : journeys) {
            for (Reply reply : journey.replies()) {
                found.add(reply.from() + ": " + String.join(" > ", reply.path()));
            }
            journey.replies().stream().filter(reply -> isMeant(wanted, reply)).findFirst()
                    .ifPresent(matching::add);
        }
        if (matching.isEmpty()) {
            return isCertain()
                    ? ExpectReason.REPLY_NOT_SEEN.check(sample.flow(), statement,
                            found, journeys.size())
                    : notTraced(statement);
        }
        Reply first = matching.getFirst();
        return ExpectReason.REPLY_SEEN.check(sample.flow(), statement, first.from(),
                String.join(" > ", first.path()), matching.size(), journeys.size());
    }

    private static boolean isMeant(Expectation.Reply wanted, Reply reply) {
        PlacePattern skips = wanted.skips();
        return (wanted.from() == null || wanted.from().matches(reply.from()))
                && (skips == null || reply.path().stream().noneMatch(skips::matches));
    }

    /** What no traced attempt shows, one that was not traced may have done. */
    private boolean isCertain() {
        return !journeys.isEmpty() && journeys.size() >= sample.attempts().size();
    }

    private Check notTraced(String statement) {
        return ExpectReason.NOT_TRACED.check(sample.flow(), statement, journeys.size(),
                sample.attempts().size());
    }
}
