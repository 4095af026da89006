package dev.podhop.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.run.result.RunReason;
import dev.podhop.trace.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written into the log is read out of it, field for field. */
class AttemptLogTest {

    private final AttemptLog log = new AttemptLog();
    private final List<AttemptResult> written = new ArrayList<>();

    @BeforeEach
    void fiveThousandAttemptsOfEveryKind() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            boolean answered = random.nextBoolean();
            AttemptResult result = new AttemptResult(random.nextInt(), "flow-" + i % 3, i,
                    "pod/" + i % 7, endpoint(random), endpoint(random),
                    L4Protocol.values()[random.nextInt(L4Protocol.values().length)],
                    answered ? Outcome.Answered : Outcome.TimedOut,
                    answered ? "pod/web-" + random.nextInt(50) : null,
                    answered ? IpAddress.ofV4(random.nextInt()) : null, random.nextLong(),
                    random.nextLong(), answered ? null : RunReason.SILENT.with(),
                    random.nextInt(9));
            written.add(result);
            log.ended(result);
        }
    }

    private static SocketAddress endpoint(Random random) {
        IpAddress address = random.nextBoolean() ? IpAddress.ofV4(random.nextInt())
                : IpAddress.ofV6(random.nextLong(), random.nextLong());
        return new SocketAddress(address, random.nextInt(65_536));
    }

    @Test
    void saysWhatWasWritten() {
        assertThat(log).isEqualTo(written);
    }

    @Test
    void aPartOfItIsInTheOrderAskedFor() {
        Comparator<AttemptResult> order = Comparator.comparingLong(AttemptResult::startNanos);

        assertThat(log.where(r -> r.flow().equals("flow-1"), order)).isEqualTo(written.stream()
                .filter(r -> r.flow().equals("flow-1")).sorted(order).toList());
    }

    @Test
    void nobodyElseWrites() {
        assertThatThrownBy(() -> log.add(written.getFirst()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> log.get(5_000)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
