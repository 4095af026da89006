package dev.podhop.reports.json;

import dev.podhop.k8s.source.Location;
import dev.podhop.run.result.Backdrop;
import dev.podhop.run.result.Topology;
import dev.podhop.scenario.evidence.Cited;
import dev.podhop.scenario.evidence.Occurrence;
import dev.podhop.trace.Place;
import dev.podhop.trace.StateChange;

/** What a traced attempt has around it: the wiring, the state and its changes, the timeline. */
final class BackdropJson {

    private final JsonOut out;

    BackdropJson(JsonOut out) {
        this.out = out;
    }

    void write(Backdrop backdrop) {
        out.put("momentNanos", backdrop.atNanos());
        out.object("topology", () -> topology(backdrop.topology()));
        out.array("state", backdrop.changes(), this::change);
        out.array("timeline", backdrop.timeline(), each -> event(each, backdrop.atNanos()));
    }

    private void topology(Topology topology) {
        out.array("namespaces", topology.spaces(), space -> out.object(() -> {
            out.put("label", space.place().label());
            place(space.place());
            out.array("devices", space.devices(), port -> out.object(() -> {
                out.put("name", port.name());
                out.strings("addresses", port.addresses());
                out.put("bridge", port.bridge());
                out.put("isBridge", port.isBridge());
            }));
        }));
        out.array("links", topology.wires(), wire -> out.object(() -> {
            out.put("a", wire.a().label());
            out.put("deviceA", wire.deviceA());
            out.put("b", wire.b().label());
            out.put("deviceB", wire.deviceB());
        }));
        out.array("balancers", topology.balancers(), balancer -> out.object(() -> {
            out.put("name", balancer.name());
            out.put("address", balancer.address());
            out.strings("targets", balancer.targets());
        }));
    }

    void place(Place place) {
        out.put("kind", place.kind());
        out.put("node", place.node());
        out.put("name", place.name());
    }

    private void change(StateChange change) {
        out.object(() -> {
            out.put("timeNanos", change.timeNanos());
            out.put("kind", change.kind());
            out.put("where", change.where());
            out.put("key", change.key());
            out.strings("value", change.value());
        });
    }

    private void event(Occurrence event, long momentNanos) {
        out.object(() -> {
            out.put("atNanos", event.atNanos());
            out.put("verb", event.event().verb());
            out.put("about", event.event().about());
            out.put("past", event.sinceNanos() < momentNanos);
            Location where = event.where();
            EvidenceJson.place(out, where == null ? null : Cited.name(where),
                    where == null ? 0 : where.line());
        });
    }
}
