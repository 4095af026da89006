package dev.podhop.viz.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.packet.Header;
import dev.podhop.reports.picture.PacketKind;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.Role;
import dev.podhop.trace.StateChange;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.recording.RecordingLoader.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was recorded is found again, by time and by number. */
class RecordingTest {

    private static final Recording RECORDING = Recordings.hairpin();

    @Test
    void packetsOnWiresAreAFunctionOfTime() {
        for (long time = 0; time < 3_000_000; time += 70_000) {
            List<Integer> onWires = new ArrayList<>();
            RECORDING.flights().at(time, hop -> true, (from, to, share) -> {
                onWires.add(to);
                assertThat(share).isBetween(0.0, 1.0);
            });
            long now = time;
            List<Integer> expected = new ArrayList<>();
            for (int hop = 0; hop < RECORDING.size(); hop++) {
                int from = RECORDING.flights().origin(hop);
                if (from >= 0 && RECORDING.hop(from).endNanos() <= now
                        && RECORDING.time(hop) > now) {
                    expected.add(hop);
                }
            }
            assertThat(onWires).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void stateAtATimeIsAllChangesUntilThen() {
        for (long time : new long[] {0, 900_000, 370_480_000L, 3_000_000_000L}) {
            Map<String, StateChange> expected = new TreeMap<>();
            for (StateChange change : RECORDING.run().changes()) {
                if (change.timeNanos() > time) {
                    break;
                }
                String key = change.kind() + change.where() + change.key();
                if (change.removed()) {
                    expected.remove(key);
                } else {
                    expected.put(key, change);
                }
            }
            assertThat(RECORDING.journal().at(time))
                    .containsExactlyInAnyOrderElementsOf(expected.values());
        }
    }

    @Test
    void theAttemptThatTellsMostFailedNearby() {
        int attempt = RECORDING.mostTelling();

        assertThat(RECORDING.attempt(attempt).flow()).isEqualTo("loop");
        assertThat(RECORDING.diagnosis(attempt)).hasValueSatisfying(found -> {
            assertThat(found.expectedReply()).contains("edge");
            assertThat(found.takenReply()).doesNotContain("edge");
        });
    }

    @Test
    void aRunThatNobodyWaitsForIsEnded() {
        List<Double> told = new ArrayList<>();
        RecordingLoader.Waiting impatient = new RecordingLoader.Waiting() {
            @Override
            public void at(double share) {
                told.add(share);
            }

            @Override
            public boolean goesOn() {
                return told.size() < 6;
            }
        };

        assertThatThrownBy(() -> RecordingLoader.load(
                Request.of(Recordings.shipped("01-lb-loopback")), impatient))
                .isInstanceOf(CancellationException.class);
        assertThat(told).isSorted().last(InstanceOfAssertFactories.DOUBLE).isBetween(0.2, 0.8);
    }

    @Test
    void whatIsWrongWithAFileIsToldWithItsLine() {
        Path broken = Path.of("src/test/resources/broken.yaml");

        assertThatThrownBy(() -> RecordingLoader.load(Request.of(broken), share -> {}))
                .isInstanceOfSatisfying(BrokenFile.class,
                        told -> assertThat(told.problems())
                                .anyMatch(line -> line.matches(".*broken.yaml:\\d+:\\d+: .*")));
    }

    /** Whether it is a question is not decided by the port of the attempt that asks it. */
    @ParameterizedTest
    @CsvSource({"18-dns-5s-race", "20-headless-ttl", "26-externalname"})
    void aQuestionToADnsServerIsARequest(String scenario) {
        Recording recording = Recordings.of(Recordings.shipped(scenario), 5);
        Set<Role> there = new TreeSet<>();
        Set<Role> back = new TreeSet<>();
        for (int hop = 0; hop < recording.size(); hop++) {
            Header header = recording.hop(hop).header();
            if (recording.visit(hop).kind() == PacketKind.DATAGRAM) {
                (header.destinationPort() == 53 ? there : back).add(recording.role(hop));
            }
        }
        assertThat(there).containsExactly(Role.REQUEST);
        assertThat(back).containsExactly(Role.REPLY);
    }

    /** Failures that are not among a flow's first attempts can be followed too. */
    @ParameterizedTest
    @CsvSource({"14-lb-rolling-update/nlb.yaml", "13-rolling-update/scenario.yaml",
        "24-node-death/scenario.yaml"})
    void anAttemptOfEveryOutcomeIsThere(String file) {
        Recording recording = Recordings.of(Recordings.shipped("01-lb-loopback").getParent()
                .resolveSibling(file), 10);
        Set<String> all = new TreeSet<>();
        recording.run().attempts().forEach(each -> all.add(each.flow() + each.outcome()));
        Set<String> there = new TreeSet<>();
        recording.attempts().forEach(each -> there.add(each.flow() + each.outcome()));

        assertThat(there).isEqualTo(all);
        assertThat(recording.attempt(recording.mostTelling()).outcome())
                .isNotEqualTo(Outcome.Answered);
    }
}
