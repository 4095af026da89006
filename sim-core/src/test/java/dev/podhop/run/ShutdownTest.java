package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cluster.Cluster;
import dev.podhop.engine.SampledChooser;
import dev.podhop.engine.Simulation;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.AttemptSpec;
import dev.podhop.workload.ConnectionPool;
import dev.podhop.workload.Patience;
import dev.podhop.workload.ServerBehaviour;
import dev.podhop.workload.ServerBehaviour.OnSigterm;
import dev.podhop.workload.ServerProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process that starts, hears SIGTERM, and exits: what its clients get to see, and when. */
class ShutdownTest {

    private static final long MILLISECOND = 1_000_000L;
    private static final SocketAddress SERVER =
            new SocketAddress(IpAddress.of("10.244.2.10"), 9090);

    private final Cluster cluster = new ScenarioRunner(ClusterText.nodes(2)
            .pod("client", "n1", "client").pod("host", "n2", "host").load())
            .cluster(new SampledChooser(1));
    private final Simulation simulation = cluster.network().simulation();
    private final List<String> seen = new ArrayList<>();
    private int attempts;

    private ServerProcess process(OnSigterm onSigterm, long drainNanos, long startupNanos) {
        ServerProcess process = cluster.workload().process(namespace("host"), "host",
                new ServerBehaviour(100 * MILLISECOND, ServerBehaviour.UNLIMITED, 64, 128, false,
                        startupNanos, onSigterm, drainNanos, ServerBehaviour.FOREVER));
        process.ports(Set.of(new ServerProcess.Port(L4Protocol.TCP, 9090)));
        return process;
    }

    private NetworkNamespace namespace(String pod) {
        return Objects.requireNonNull(cluster.pod("default", pod));
    }

    private void ask(ConnectionPool pool) {
        int number = attempts++;
        cluster.workload().start(namespace("client"), new AttemptSpec("f", number, "pod/client",
                SERVER, L4Protocol.TCP, 0, 100, Patience.once(3_000 * MILLISECOND), true, null,
                pool), result -> note(number, result));
    }

    private void note(int number, AttemptResult result) {
        seen.add(number + " " + result.outcome() + " at " + milliseconds());
    }

    private long milliseconds() {
        return simulation.nowNanos() / MILLISECOND;
    }

    private void until(long milliseconds) {
        simulation.runUntil(milliseconds * MILLISECOND);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "GRACEFUL | 1 Refused at 50, 0 Answered at 102, exited at 102",
        "ABRUPT   | exited at 50, 0 Reset at 50, 1 Refused at 50",
        "IGNORE   | 0 Answered at 102, 1 Answered at 151",
    })
    void sigterm(OnSigterm onSigterm, String story) {
        ServerProcess process = process(onSigterm, ServerBehaviour.FOREVER, 0);
        process.start();
        ask(null);
        until(50);
        process.terminate(() -> seen.add("exited at " + milliseconds()));
        ask(null);
        until(1000);

        assertThat(seen).containsExactlyInAnyOrder(story.split(", "));
        assertThat(process.exited()).isEqualTo(onSigterm != OnSigterm.IGNORE);
        assertThat(process.listening()).isEqualTo(onSigterm == OnSigterm.IGNORE);
    }

    @Test
    void whoDrainsLongerThanItMayIsCutOff() {
        ServerProcess process = process(OnSigterm.GRACEFUL, 20 * MILLISECOND, 0);
        process.start();
        ask(null);
        until(50);
        process.terminate(() -> seen.add("exited at " + milliseconds()));
        until(1000);

        assertThat(seen).containsExactly("exited at 70", "0 Reset at 70");
    }

    @Test
    void idleConnectionsAreClosedAndDoNotKeepItAlive() {
        ServerProcess process = process(OnSigterm.GRACEFUL, ServerBehaviour.FOREVER, 0);
        process.start();
        ConnectionPool pool = new ConnectionPool(1, false, ConnectionPool.AGELESS);
        ask(pool);
        until(500);
        process.terminate(() -> seen.add("exited at " + milliseconds()));
        until(600);
        ask(pool);
        until(1000);

        assertThat(seen).containsExactly("0 Answered at 102", "exited at 500", "1 Refused at 600");
    }

    /** Four answers of a kept connection: the one under way at SIGTERM is its last. */
    @Test
    void aBusyConnectionIsClosedAfterItsAnswer() {
        ServerProcess process = process(OnSigterm.GRACEFUL, ServerBehaviour.FOREVER, 0);
        process.start();
        ConnectionPool pool = new ConnectionPool(1, true, ConnectionPool.AGELESS);
        ask(pool);
        until(50);
        ask(pool);
        process.terminate(() -> seen.add("exited at " + milliseconds()));
        until(1000);

        assertThat(seen).containsExactly("0 Answered at 102", "exited at 150",
                "1 Answered at 150");
    }

    @Test
    void itListensWhenItHasStarted() {
        ServerProcess process = process(OnSigterm.GRACEFUL, ServerBehaviour.FOREVER,
                300 * MILLISECOND);
        process.start();
        ask(null);
        until(200);
        assertThat(process.listening()).isFalse();
        until(400);
        ask(null);
        until(1000);

        assertThat(seen).containsExactly("0 Refused at 1", "1 Answered at 501");
    }

    @Test
    void aProbeIsNoAttempt() {
        process(OnSigterm.GRACEFUL, ServerBehaviour.FOREVER, 0).start();
        cluster.workload().onResult(result -> seen.add("result"));
        cluster.workload().probe(namespace("client"), new AttemptSpec("probe/host/readiness", 0,
                "pod/client", SERVER, L4Protocol.TCP, 0, 100, 3_000 * MILLISECOND, true),
                result -> note(7, result));
        assertThat(cluster.workload().running()).isZero();
        until(1000);

        assertThat(seen).containsExactly("7 Answered at 102");
    }
}
