package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.packet.Header;
import dev.podhop.packet.TcpFlags;
import dev.podhop.run.odds.Explorer;
import dev.podhop.run.odds.Moments;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.stage.Flow;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Step;
import dev.podhop.workload.ResultKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Holds a capture against the trace: every sighting of a SYN, a SYN-ACK or a RST must occur in the
 * trace of a branch that ends as the attempt did, in that order within a namespace; gaps are
 * tcpdump's losses. Ports that masquerading drew are alike.
 */
final class CaptureCheck {

    private static final int FIRST_EPHEMERAL = 1024;
    private static final int CONTAINER_PORT = 8080;

    private final LoadedScenario scenario;
    private final String flow;
    /** Known apart from drawn ports, which may fall into the same range. */
    private final Set<Integer> nodePorts;

    /** A packet seen at a device. */
    private record Sighting(String namespace, String device, boolean out, String source,
            String destination, String flags) {

        /** Where the order of sightings means something: one packet, one namespace. */
        String order() {
            return flags + "@" + namespace;
        }
    }

    CaptureCheck(LoadedScenario scenario, String flow) {
        this.scenario = scenario;
        this.flow = flow;
        this.nodePorts = scenario.objects(Service.class)
                .flatMap(service -> service.spec().ports().stream()).map(ServicePort::nodePort)
                .collect(Collectors.toSet());
    }

    void agree(JsonNode capture) {
        List<JsonNode> packets = new ArrayList<>();
        capture.get("packets").forEach(packets::add);
        List<JsonNode> attempts = new ArrayList<>();
        capture.get("attempts").forEach(attempts::add);
        for (int i = 0; i < attempts.size(); i++) {
            int port = attempts.get(i).get("sourcePort").asInt();
            int from = firstSighting(packets, port);
            int to = i + 1 < attempts.size()
                    ? firstSighting(packets, attempts.get(i + 1).get("sourcePort").asInt())
                    : packets.size();
            check(attempts.get(i), port, packets.subList(from, to));
        }
    }

    private static int firstSighting(List<JsonNode> packets, int port) {
        for (int i = 0; i < packets.size(); i++) {
            if (packets.get(i).get("source").asString().endsWith("." + port)) {
                return i;
            }
        }
        throw new AssertionError("no sighting with source port " + port);
    }

    private void check(JsonNode attempt, int port, List<JsonNode> packets) {
        List<Sighting> seen = new ArrayList<>();
        for (JsonNode packet : packets) {
            String flags = packet.get("what").asString().replaceAll("^Flags \\[|\\]$", "");
            if (isCompared(flags)) {
                seen.add(new Sighting(packet.get("namespace").asString(),
                        device(packet.get("interface").asString()),
                        packet.get("direction").asString().equals("Out"),
                        end(packet.get("source").asString(), port),
                        end(packet.get("destination").asString(), port), flags));
            }
        }
        assertThat(seen).as("captured sightings of port " + port).isNotEmpty();
        List<List<Sighting>> traces = tracesEndingLike(attempt);
        assertThat(traces).as(flow + ": branches that end like " + attempt).isNotEmpty();
        assertThat(traces).as(flow + ", port " + port + ": traces of which one has " + seen)
                .anyMatch(trace -> contains(trace, seen));
    }

    /** Later labs call the edge's end of an outside host's wire x-HOST. */
    private static String device(String captured) {
        return captured.startsWith("x-") ? "v-" + captured.substring(2) : captured;
    }

    private static boolean isCompared(String flags) {
        return flags.equals("S") || flags.equals("S.") || flags.startsWith("R");
    }

    /** {@code 10.244.1.5.37315}, with drawn ports made alike. */
    private String end(String text, int clientPort) {
        int dot = text.lastIndexOf('.');
        return end(text.substring(0, dot), Integer.parseInt(text.substring(dot + 1)), clientPort);
    }

    private String end(String address, int port, int clientPort) {
        boolean fixed = port < FIRST_EPHEMERAL || port == CONTAINER_PORT
                || nodePorts.contains(port);
        return address + ":" + (port == clientPort ? "client" : fixed ? port : "drawn");
    }

    private List<List<Sighting>> tracesEndingLike(JsonNode attempt) {
        Send send = scenario.spec().timeline().stream().map(e -> e.event())
                .filter(Send.class::isInstance).map(Send.class::cast)
                .filter(s -> s.flow().equals(flow)).findFirst().orElseThrow();
        Moment moment = new Moments(scenario, RunWatch.NONE, scenario.spec().seed()).at(0);
        Flow resolved = Flow.of(send, moment.stage(), scenario.spec()).getFirst();
        List<List<Sighting>> traces = new ArrayList<>();
        new Explorer(moment, resolved).traced((branch, hops) -> {
            ResultKey key = ResultKey.of(branch.result());
            boolean alike = key.outcome() == Outcome.valueOf(attempt.get("outcome").asString())
                    && Objects.equals(key.endpoint(), text(attempt.get("endpoint")))
                    && Objects.equals(key.source(), text(attempt.get("source")));
            if (alike) {
                traces.add(sightings(hops, branch.result().local().port()));
            }
            return false;
        });
        return traces;
    }

    private static String text(JsonNode node) {
        return node.isNull() ? null : node.asString();
    }

    private List<Sighting> sightings(List<Hop> hops, int clientPort) {
        List<Sighting> all = new ArrayList<>();
        List<Hop> ordered = hops.stream().sorted((a, b) -> Long.compare(a.id(), b.id())).toList();
        for (Hop hop : ordered) {
            for (Step step : hop.steps()) {
                switch (step) {
                    case Step.Received s -> add(all, hop, s.device(), false, s.header(),
                            clientPort);
                    case Step.Passed s -> add(all, hop, s.device(), s.out(), s.header(),
                            clientPort);
                    case Step.Transmitted s -> add(all, hop, s.device(), true, s.header(),
                            clientPort);
                    default -> {
                        // Not a place where tcpdump listens.
                    }
                }
            }
        }
        return all;
    }

    private void add(List<Sighting> all, Hop hop, String device, boolean out,
            Header header, int clientPort) {
        String flags = TcpFlags.text(header.tcpFlags());
        if (isCompared(flags)) {
            all.add(new Sighting(hop.place().name(), device, out,
                    end(header.source().toString(), header.sourcePort(), clientPort),
                    end(header.destination().toString(), header.destinationPort(), clientPort),
                    flags));
        }
    }

    /** Whether the trace has all that was seen, in order for each packet in each namespace. */
    private static boolean contains(List<Sighting> trace, List<Sighting> seen) {
        Map<String, List<Sighting>> wanted = new LinkedHashMap<>();
        seen.forEach(s -> wanted.computeIfAbsent(s.order(), k -> new ArrayList<>()).add(s));
        return wanted.entrySet().stream().allMatch(group -> {
            int next = 0;
            List<Sighting> rest = group.getValue();
            for (Sighting sighting : trace) {
                if (next < rest.size() && sighting.equals(rest.get(next))) {
                    next++;
                }
            }
            return next == rest.size();
        });
    }
}
