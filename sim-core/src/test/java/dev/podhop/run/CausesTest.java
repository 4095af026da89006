package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.RunResult;
import dev.podhop.trace.Outcome;
import org.junit.jupiter.api.Test;

/** Which of the things that went wrong in an attempt is told as its cause. */
class CausesTest {

    /** The first SYN is lost; the second finds a closed port. Only that explains a refusal. */
    @Test
    void aRefusalIsNotExplainedByALossBeforeIt() {
        RunResult run = Answers.of(ClusterText.nodes(2).pod("client", "n1", "client")
                .pod("web-1", "n2", "web")
                .at("0s", "impair: {target: link/pod/web-1, loss: 100%}")
                .at("1ms", ClusterText.send("f", "pod/client", "pod/web-1:9999", 1, ""))
                .at("500ms", "impair: {target: link/pod/web-1, loss: 0}")).run();

        assertThat(run.flows().getFirst().failures()).singleElement().satisfies(cause -> {
            assertThat(cause.outcome()).isEqualTo(Outcome.Refused);
            assertThat(cause.why().code()).isEqualTo(RunReason.REFUSED_BY_HOST.code());
        });
    }
}
