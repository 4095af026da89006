package dev.podhop.scenario.load;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.scenario.Expectation;
import dev.podhop.scenario.PartialObject;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.form.Mismatch;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.Reading.Origin;
import dev.podhop.scenario.form.Slashed;
import dev.podhop.scenario.load.References.Place;

/** Checks what is expected of the state: a time that comes, nodes and Services that there are. */
final class StateChecks {

    /** How the ids of load balancers begin. */
    private static final String INSTANCE = "lb-";

    private final ScenarioSpec spec;
    private final Reading reading;
    private final Problems problems;
    private final References references;

    StateChecks(ScenarioSpec spec, Reading reading, References references) {
        this.spec = spec;
        this.reading = reading;
        this.problems = reading.problems();
        this.references = references;
    }

    void check(Expectation.State state) {
        Origin origin = reading.origin(state);
        Long duration = spec.durationNanos();
        if (state.atNanos() != null && duration != null && state.atNanos() > duration) {
            problems.unexpected(origin.locate("at"), origin.pathOf("at"),
                    SimTime.format(state.atNanos()),
                    "a time within the run's duration of " + SimTime.format(duration));
        }
        state.parts().forEach((what, part) -> {
            FieldPath path = origin.path().child(what);
            for (Entry entry : part.entries()) {
                name(what, entry, path.child(entry.key()));
                counts(entry.value(), path.child(entry.key()));
            }
        });
    }

    private void name(String what, Entry entry, FieldPath path) {
        Place place = new Place(entry.keyLocation(), path.toString());
        switch (what) {
            case "conntrack" -> references.node(entry.key(), place);
            case "slices", "loadBalancer" -> {
                if (what.equals("loadBalancer") && entry.key().startsWith(INSTANCE)) {
                    return; // ids are the cloud's to give
                }
                try {
                    Slashed service = Slashed.of("service/" + entry.key());
                    references.service(service.namespace(), service.name(), place);
                } catch (Mismatch mismatch) {
                    problems.unexpected(place.where(), place.path(), "\"" + entry.key() + "\"",
                            "the NAME or NS/NAME of a Service");
                }
            }
            // A name that nobody has may be what is expected.
            default -> {
            }
        }
    }

    private void counts(YamlNode node, FieldPath path) {
        switch (node) {
            case Mapping mapping -> mapping.entries().forEach(entry -> {
                if (entry.key().equals(PartialObject.COUNT)
                        && !PartialObject.isCount(entry.value())) {
                    problems.unexpected(entry.value().location(),
                            path.child(entry.key()).toString(), entry.value().describe(),
                            "a number of items, such as 2, 0, 1..3 or >= 2");
                }
                counts(entry.value(), path.child(entry.key()));
            });
            case Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    counts(list.items().get(i), path.index(i));
                }
            }
            case YamlNode.Scalar scalar -> {
            }
        }
    }
}
