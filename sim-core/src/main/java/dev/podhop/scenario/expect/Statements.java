package dev.podhop.scenario.expect;

import dev.podhop.engine.SimTime;
import dev.podhop.scenario.Amount;
import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.NanosRange;
import dev.podhop.scenario.PlacePattern;
import dev.podhop.scenario.Shares;
import dev.podhop.trace.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is expected, in the words of the file. */
final class Statements {

    private Statements() {}

    /** Everything that an entry says of its flow. */
    static List<String> of(Expectation e) {
        List<String> all = new ArrayList<>();
        e.outcomes().forEach((outcome, amount) -> all.add(outcome(outcome, amount)));
        all.addAll(shares("endpoints", e.endpoints()));
        all.addAll(shares("sources", e.sources()));
        if (!e.path().isEmpty()) {
            all.add(path(e.path()));
        }
        if (e.dropped() != null) {
            all.add(dropped(e.dropped()));
        }
        if (e.reply() != null) {
            all.add(reply(e.reply()));
        }
        if (e.errors() != null) {
            all.add(errors(e.errors()));
        }
        e.latency().forEach((key, range) -> all.add(latency(key, range)));
        if (e.questions() != null) {
            all.add(questions(e.questions()));
        }
        return all;
    }

    static String questions(int each) {
        return "questions: " + each;
    }

    static String outcome(Outcome outcome, Amount amount) {
        return "outcomes." + outcome + ": " + amount;
    }

    static List<String> shares(String key, @Nullable Shares shares) {
        if (shares == null) {
            return List.of();
        }
        return shares.complete() ? List.of(names(key, shares))
                : shares.amounts().entrySet().stream()
                        .map(entry -> amount(key, entry.getKey(), entry.getValue())).toList();
    }

    static String names(String key, Shares shares) {
        return key + ": " + shares.amounts().keySet();
    }

    static String amount(String key, String name, Amount amount) {
        return key + "." + name + ": " + amount;
    }

    static String path(List<PlacePattern> path) {
        return "path: " + path;
    }

    static String dropped(Expectation.Drop drop) {
        return "dropped: " + pairs("where", drop.where(), "reason", drop.reason());
    }

    static String reply(Expectation.Reply reply) {
        return "reply: " + pairs("from", reply.from(), "skips", reply.skips());
    }

    static String errors(Expectation.Errors errors) {
        Long until = errors.untilNanos();
        return "errors: {atMost: " + errors.atMost() + ", from: "
                + SimTime.format(errors.fromNanos())
                + (until == null ? "" : ", until: " + SimTime.format(until)) + "}";
    }

    static String latency(String key, NanosRange range) {
        return "latency." + key + ": " + range;
    }

    static String state(String what, @Nullable Long atNanos) {
        return "state." + what + " at " + (atNanos == null ? "the end" : SimTime.format(atNanos));
    }

    private static String pairs(String one, @Nullable Object first, String two,
            @Nullable Object second) {
        Map<String, String> given = new LinkedHashMap<>();
        if (first != null) {
            given.put(one, first.toString());
        }
        if (second != null) {
            given.put(two, second.toString());
        }
        return given.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
