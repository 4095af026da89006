package dev.podhop.reports.json;

import dev.podhop.net.L4Protocol;
import dev.podhop.packet.Header;
import dev.podhop.packet.TcpFlags;
import dev.podhop.reports.Narrator;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Step;
import org.jspecify.annotations.Nullable;

/**
 * A hop with its steps. A step's {@code type} is its record's name, its fields the record's,
 * written out rather than found by reflection: a new kind of step does not compile until it is
 * written here, and a renamed component does not change what programs read.
 */
final class HopJson {

    private final JsonOut out;
    private final Narrator narrator;
    private final Citations citations;

    HopJson(JsonOut out, Narrator narrator, Citations citations) {
        this.out = out;
        this.citations = citations;
        this.narrator = narrator;
    }

    void write(Hop hop) {
        out.object(() -> {
            out.put("id", hop.id());
            out.put("parent", hop.parent());
            out.put("packet", hop.packet());
            out.put("attempt", hop.attempt());
            out.put("timeNanos", hop.timeNanos());
            out.put("endNanos", hop.endNanos());
            out.object("place", () -> {
                out.put("kind", hop.place().kind());
                out.put("node", hop.place().node());
                out.put("name", hop.place().name());
            });
            out.array("steps", hop.steps(), step -> out.object(() -> {
                out.put("type", step.getClass().getSimpleName());
                fields(hop, step);
                explanation("why", hop, step.why());
            }));
        });
    }

    /** @param hop in which it was given; null for what is said of more than one */
    void explanation(String name, @Nullable Hop hop, Explanation why) {
        out.object(name, () -> {
            out.put("code", why.code());
            out.strings("arguments", why.arguments());
            out.put("text", narrator.text(why));
            if (hop != null) {
                out.array("evidence", citations.ofAlone(hop, why),
                        cited -> EvidenceJson.write(out, cited));
            }
            Explanation because = why.because();
            if (because != null) {
                explanation("because", hop, because);
            }
        });
    }

    private void fields(Hop hop, Step step) {
        switch (step) {
            case Step.Entry entry -> entry(entry);
            case Step.Terminal terminal -> terminal(terminal);
            case Step.Passed passed -> {
                out.put("device", passed.device());
                out.put("out", passed.out());
                header("header", passed.header());
            }
            case Step.Conntrack conntrack -> {
                out.put("state", conntrack.state());
                out.put("direction", conntrack.direction());
                out.put("created", conntrack.created());
                out.put("entry", conntrack.entry());
            }
            case Step.RuleWalk walk -> walk(hop, walk);
            case Step.Nat nat -> {
                out.put("hook", nat.hook());
                out.put("manip", nat.manip());
                header("before", nat.before());
                header("after", nat.after());
            }
            case Step.Route route -> {
                out.put("input", route.input());
                out.put("destination", route.destination());
                out.put("routeType", route.type());
                out.put("device", route.device());
                out.put("gateway", route.gateway());
            }
            case Step.SourceCheck check -> {
                out.put("rpFilter", check.rpFilter());
                out.put("passed", check.passed());
            }
            case Step.Bridged bridged -> {
                out.put("bridge", bridged.bridge());
                out.put("inPort", bridged.inPort());
                out.put("outPort", bridged.outPort());
            }
            case Step.Neighbour neighbour -> {
                out.put("address", neighbour.address());
                out.put("device", neighbour.device());
                out.put("resolved", neighbour.resolved());
            }
            case Step.BackendChoice choice -> {
                out.put("loadBalancer", choice.loadBalancer());
                out.strings("candidates", choice.candidates());
                out.strings("excluded", choice.excluded());
                out.put("chosen", choice.chosen());
            }
            case Step.Note note -> {
                // A note is nothing but its reason.
            }
        }
    }

    /** The header on arrival, before anything was done to it. */
    private void entry(Step.Entry entry) {
        switch (entry) {
            case Step.Received received -> out.put("device", received.device());
            case Step.Originated originated -> out.put("socket", originated.socket());
            case Step.Copied copied -> out.put("original", copied.original());
            case Step.Generated generated -> {
                // The kernel's own packets come from no socket and no device.
            }
        }
        header("header", entry.header());
    }

    /** The header at the end: what left, or what was dropped, after all that was done to it. */
    private void terminal(Step.Terminal terminal) {
        switch (terminal) {
            case Step.Transmitted sent -> {
                out.put("device", sent.device());
                out.put("peer", sent.peer());
                header("header", sent.header());
            }
            case Step.Delivered delivered -> {
                out.put("socket", delivered.socket());
                header("header", delivered.header());
            }
            case Step.Dropped dropped -> {
                out.put("reason", dropped.reason());
                header("header", dropped.header());
            }
            case Step.Rejected rejected -> {
                out.put("with", rejected.with());
                header("header", rejected.header());
            }
            case Step.Spread spread -> out.put("copies", spread.copies());
        }
    }

    private void walk(Hop hop, Step.RuleWalk walk) {
        out.put("hook", walk.hook());
        out.put("table", walk.table());
        out.put("verdict", walk.verdict());
        out.array("rules", walk.rules(), match -> out.object(() -> {
            out.put("table", match.table());
            out.put("chain", match.chain());
            out.put("rule", match.rule());
            explanation("why", hop, match.why());
        }));
    }

    /** Ports are 0 where a packet has none; {@code flags} is there for TCP only. */
    private void header(String name, Header header) {
        out.object(name, () -> {
            out.put("what", header.what());
            out.put("protocol", header.protocol());
            out.put("source", header.source());
            out.put("sourcePort", header.sourcePort());
            out.put("destination", header.destination());
            out.put("destinationPort", header.destinationPort());
            if (header.protocol() == L4Protocol.TCP) {
                out.put("flags", TcpFlags.text(header.tcpFlags()));
            }
            if (header.inner() != null) {
                out.put("quoted", header.inner());
            }
            out.put("ttl", header.ttl());
            out.put("length", header.length());
            out.put("mark", header.mark());
        });
    }
}
