package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server's process exits while it serves; the pod and its endpoint stay. It takes 100 ms to
 * answer.
 */
class ProcessExitTest {

    private static List<String> results(ClusterText text, String flow) {
        return Answers.of(text).traced().attempts().stream().filter(a -> a.flow().equals(flow))
                .map(a -> a.outcome() + " after " + a.durationNanos() / 1_000_000 + " ms").toList();
    }

    private static ClusterText slow() {
        return ClusterText.nodes(2).pod("client", "n1", "client").pod("web", "n2", "web")
                .spec("servers: [{pods: {app: web}, serviceTime: 100ms}]");
    }

    @ParameterizedTest(name = "exits at {0}: {1}")
    @CsvSource({
        // the kernel resets who waits for an answer
        "10050000us, Reset after 50 ms",
        // an answer that was given, three wires away from its client, is delivered
        "10101500us, Answered after 101 ms",
        "10200000us, Answered after 101 ms",
    })
    void aConnectionInIt(String at, String result) {
        assertThat(results(slow().flow("warm", "pod/client", "pod/web:8080", 1)
                .at("10s", ClusterText.send("f", "pod/client", "pod/web:8080", 1,
                        "requestSize: 100"))
                .at(at, "stop: pod/web"), "f")).containsExactly(result);
    }

    @Test
    void aDatagramIsNotAnswered() {
        assertThat(results(slow().flow("f", "pod/client", "pod/web:8080", 1, "protocol: UDP")
                .at("50ms", "stop: pod/web"), "f")).containsExactly("TimedOut after 3000 ms");
    }

    @Test
    void whoeverComesLaterIsRefusedAndNothingIsLeftOver() {
        RunResult run = Answers.of(slow().flow("f", "pod/client", "pod/web:8080", 20)
                .at("95ms", "stop: pod/web")).traced();

        assertThat(run.checks()).isEmpty();
        assertThat(run.attempts()).extracting(a -> a.outcome().name())
                .contains("Reset", "Refused").doesNotContain("Answered", "TimedOut");
        assertThat(run.hops().getLast().timeNanos()).as("the last packet's time")
                .isLessThan(300_000_000L);
    }

    /** SIGTERM lets a server answer what it was asked; SIGKILL does not. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"delete, Answered after 102 ms", "kill, Reset after 50 ms"})
    void aPodThatIsDeletedAnswersFirstAndOneThatIsKilledResets(String verb, String result) {
        assertThat(results(slow().flow("f", "pod/client", "pod/web:8080", 1)
                .at("50ms", verb + ": pod/web"), "f")).containsExactly(result);
    }
}
