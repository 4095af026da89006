package dev.podhop.scenario.load;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.Amount;
import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.Fractions;
import dev.podhop.scenario.PlacePattern;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.Shares;
import dev.podhop.scenario.form.Mismatch;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.Reading.Origin;
import dev.podhop.scenario.form.Slashed;
import dev.podhop.scenario.form.TargetForms;
import dev.podhop.scenario.form.TargetParser;
import dev.podhop.scenario.load.References.Place;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/** Checks what is expected: that it speaks of things there are, and that it can hold at all. */
final class ExpectationChecks {

    private static final String PERCENTILE = "p[0-9]{1,2}(\\.[0-9]{1,4})?|p100|mean|max|min";

    private final ScenarioSpec spec;
    private final Reading reading;
    private final Problems problems;
    private final References references;
    private final StateChecks state;

    ExpectationChecks(ScenarioSpec spec, Reading reading, References references) {
        this.spec = spec;
        this.reading = reading;
        this.problems = reading.problems();
        this.references = references;
        this.state = new StateChecks(spec, reading, references);
    }

    void check() {
        List<String> flows = FlowNames.of(reading.origin(spec).value("timeline"));
        for (Expectation expectation : spec.expect()) {
            Origin origin = reading.origin(expectation);
            flow(expectation, flows, origin);
            sum(expectation.outcomes(), "outcomes", origin);
            shares(expectation.endpoints(), "endpoints", origin);
            shares(expectation.sources(), "sources", origin);
            places(expectation, origin);
            span(expectation.errors());
            if (expectation.state() != null) {
                state.check(expectation.state());
            }
            for (String key : expectation.latency().keySet()) {
                if (!key.matches(PERCENTILE)) {
                    told(reading.origin(expectation), "latency", "\"" + key + "\"",
                            "p50, p99.9, mean, min or max");
                }
            }
        }
    }

    /**
     * An entry without a flow can only speak of the state; one without anything checks nothing,
     * which would look like success.
     */
    private void flow(Expectation expectation, List<String> flows, Origin origin) {
        String flow = expectation.flow();
        boolean aboutFlow = !expectation.outcomes().isEmpty() || expectation.endpoints() != null
                || expectation.sources() != null || !expectation.path().isEmpty()
                || expectation.dropped() != null || expectation.reply() != null
                || expectation.errors() != null || !expectation.latency().isEmpty();
        if (flow != null && !flows.contains(flow)) {
            problems.unexpected(origin.locate("flow"), origin.pathOf("flow"),
                    "\"" + flow + "\"", "a flow of the timeline",
                    Spelling.nearest(flow, flows).orElse(null));
        }
        // A misspelt key is told already; then the entry only seems empty.
        if (flow == null && aboutFlow) {
            told(origin, "", "no flow", "one beside what is expected of it");
        } else if (!aboutFlow && expectation.state() == null && onlyFlow(origin)) {
            told(origin, "", "an entry that expects nothing", "outcomes, endpoints, sources, path,"
                    + " dropped, reply, errors, latency or state");
        }
    }

    /** Whether nothing else was even tried. */
    private static boolean onlyFlow(Origin origin) {
        return origin.node() instanceof dev.podhop.k8s.source.YamlNode.Mapping mapping
                && mapping.keys().stream().allMatch("flow"::equals);
    }

    /** Shares of one whole. */
    private void sum(Map<?, Amount> amounts, String key, Origin origin) {
        BigFraction sum = BigFraction.ZERO;
        for (Amount amount : amounts.values()) {
            sum = amount instanceof Amount.Share share ? sum.add(share.value()) : sum;
        }
        if (sum.compareTo(BigFraction.ONE) > 0) {
            told(origin, key, "shares that add up to " + Fractions.format(sum), "at most 1");
        }
    }

    /** A name that nobody can have would make an expectation that never holds. */
    private void shares(@Nullable Shares shares, String key, Origin origin) {
        if (shares == null) {
            return;
        }
        sum(shares.amounts(), key, origin);
        for (String name : shares.amounts().keySet()) {
            Place place = new Place(origin.locate(key), origin.path().child(key).toString());
            if (key.equals("sources") ? IpAddress.parse(name).isEmpty()
                    : !isEndpoint(name, place)) {
                problems.unexpected(place.where(), place.path(), "\"" + name + "\"",
                        key.equals("sources") ? "the IP address that a server sees"
                                : "pod/NAME, pod/NS/NAME or ip:port");
            }
        }
    }

    /** Whether it can be an endpoint; a pod that is not in the files is told at once. */
    private boolean isEndpoint(String name, Place place) {
        if (!name.startsWith("pod/")) {
            return TargetParser.endpoint(name).isPresent();
        }
        try {
            Slashed slashed = Slashed.of(name);
            references.object(new ObjectKey(ApiKind.POD, slashed.namespace(), slashed.name()),
                    place);
            return true;
        } catch (Mismatch mismatch) {
            return false;
        }
    }

    /** A place that is not there is never visited, and a drop there never seen: told at once. */
    private void places(Expectation expectation, Origin origin) {
        for (int i = 0; i < expectation.path().size(); i++) {
            place(expectation.path().get(i), new Place(origin.locate("path"),
                    origin.path().child("path").index(i).toString()));
        }
        Expectation.Drop dropped = expectation.dropped();
        if (dropped != null && dropped.where() != null) {
            Origin inner = reading.origin(dropped);
            place(dropped.where(), new Place(inner.locate("where"), inner.pathOf("where")));
        }
        Expectation.Reply reply = expectation.reply();
        if (reply != null && reply.skips() != null) {
            Origin inner = reading.origin(reply);
            place(reply.skips(), new Place(inner.locate("skips"), inner.pathOf("skips")));
        }
    }

    /** Patterns with a star may well match nothing; only plain names are held against the files. */
    private void place(PlacePattern pattern, Place place) {
        String text = pattern.text();
        if (text.contains("*") || !text.contains("/")) {
            return;
        }
        try {
            references.source(TargetForms.source(text), place);
        } catch (IllegalArgumentException wrong) {
            problems.unexpected(place.where(), place.path(), "\"" + text + "\"",
                    TargetForms.PLACE.words());
        }
    }

    /** An empty span would let every error pass. */
    private void span(Expectation.@Nullable Errors errors) {
        if (errors != null && errors.untilNanos() != null
                && errors.untilNanos() <= errors.fromNanos()) {
            told(reading.origin(errors), "until", SimTime.format(errors.untilNanos()),
                    "a time after from, which is " + SimTime.format(errors.fromNanos()));
        }
    }

    private void told(Origin origin, String key, String found, String expected) {
        String path = key.isEmpty() ? origin.path().toString() : origin.pathOf(key);
        problems.unexpected(origin.locate(key), path, found, expected);
    }
}
