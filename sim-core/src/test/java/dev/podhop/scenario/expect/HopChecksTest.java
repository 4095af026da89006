package dev.podhop.scenario.expect;

import static dev.podhop.trace.Outcome.Answered;
import static dev.podhop.trace.Outcome.TimedOut;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an entry says of where packets went. */
class HopChecksTest {

    /** Attempt 0 is answered, attempt 1 loops back to the client's own node. */
    private static SampleInput both() {
        return new SampleInput().attempts(1, Answered, "pod/web-2", "10.0.0.12")
                .attempts(1, TimedOut, null, null).hops(HopStories.answered(0))
                .hops(HopStories.loopback(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            path: [pod/client, node/n1, edge, node/*, ..., pod/web-2]   | expect.path.taken
            path: [pod/client, node/n1, edge, node/n2, pod/web-2]       | expect.path.other
            path: [pod/client, ...]                                     | expect.path.taken
            path: [..., pod/web-1]                                      | expect.path.other
            dropped: {where: pod/client, reason: NO_SOCKET}             | expect.drop.seen
            dropped: {where: 'pod/*'}                                   | expect.drop.seen
            dropped: {reason: NO_SOCKET}                                | expect.drop.seen
            dropped: {where: node/n1}                                   | expect.drop.not-seen
            dropped: {reason: OTHERHOST}                                | expect.drop.not-seen
            reply: {from: 10.0.0.11, skips: edge}                       | expect.reply.seen
            reply: {from: '10.0.0.11:30080'}                            | expect.reply.seen
            reply: {from: 198.51.100.7, skips: edge}                    | expect.reply.not-seen
            reply: {from: '10.0.0.11:80'}                               | expect.reply.not-seen
            reply: {skips: node/n2}                                     | expect.reply.not-seen
            """)
    void shouldJudge(String entry, String code) {
        Check check = judge(entry, both());

        assertThat(check.why().code()).isEqualTo(code);
    }

    @Test
    void shouldNameTheWayTaken() {
        assertThat(judge("path: [edge]", both()).why().arguments()).containsEntry("found",
                "pod/client > node/n1 > edge > node/n2 > pod/web-2");
        assertThat(judge("reply: {skips: edge}", both()).why().arguments())
                .containsEntry("path", "pod/web-2 > node/n2 > node/n1 > pod/client")
                .containsEntry("from", "10.0.0.11:30080");
    }

    @Test
    void shouldNotBlameAttemptsThatWereNotTraced() {
        SampleInput half = new SampleInput().attempts(2, Answered, "pod/web-2", "10.0.0.12")
                .hops(HopStories.answered(0));

        assertThat(judge("dropped: {reason: NO_SOCKET}", half).why().code())
                .isEqualTo("expect.not-traced");
        assertThat(judge("reply: {from: 198.51.100.7}", half).why().code())
                .isEqualTo("expect.reply.seen");
    }

    private static Check judge(String entry, SampleInput input) {
        return Expectations.evaluate(List.of(ExpectationsTest.expectation(entry)), input)
                .getFirst();
    }
}
