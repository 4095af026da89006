package dev.podhop.reports;

import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.PathReason;
import dev.podhop.run.result.FailureCause;
import dev.podhop.run.result.FlowResult;
import dev.podhop.run.result.OddsResult;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.ResultCount;
import dev.podhop.run.result.RunResult;
import dev.podhop.scenario.expect.Check;
import dev.podhop.scenario.expect.ExpectReason;
import dev.podhop.trace.Outcome;
import dev.podhop.workload.ResultKey;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;

/** Results written by hand. */
public final class Runs {

    private Runs() {}

    /** 90 attempts at a load balancer, a third of them lost. */
    public static RunResult loop() {
        FlowResult flow = new FlowResult("to-vip", "pod/client", "198.51.100.7:80", L4Protocol.TCP,
                90,
                List.of(new ResultCount(new ResultKey(Outcome.Answered, "pod/web-1", "10.0.0.12"),
                        31),
                        new ResultCount(new ResultKey(Outcome.Answered, "pod/web-2", "10.244.2.1"),
                                30),
                        new ResultCount(new ResultKey(Outcome.TimedOut, null, null), 29)),
                List.of(new FailureCause(Outcome.TimedOut, Story.pod("n1", "client"),
                        PathReason.WRONG_PEER_RESET.with("where", "pod/client", "source",
                                "10.0.0.11:30080", "port", "32769"),
                        29, List.of())));
        return new RunResult("lb-loopback", 42, 3_900_000_000L, List.of(flow),
                List.of(new Check("to-vip", "outcomes.TimedOut: 1/3", Check.Status.PASSED,
                        ExpectReason.SHARE_HOLDS.of("1/3", 29, 90)),
                        new Check("to-vip", "endpoints: [pod/web-1]", Check.Status.FAILED,
                                ExpectReason.NAMES_OTHER.of("[]", "[pod/web-2]"))),
                List.of(), List.of(), List.of(), List.of());
    }

    public static OddsResult odds() {
        return new OddsResult("lb-loopback", List.of(Hairpin.odds()));
    }

    /** The same flow when nothing is lost any more. */
    public static OddsResult fixed() {
        BigFraction half = new BigFraction(1, 2);
        return new OddsResult("lb-loopback", List.of(new FlowOdds("to-vip", "pod/client",
                "198.51.100.7:80", L4Protocol.TCP,
                List.of(new ResultOdds(new ResultKey(Outcome.Answered, "pod/web-1", "10.244.1.1"),
                        half),
                        new ResultOdds(
                                new ResultKey(Outcome.Answered, "pod/web-2", "10.0.0.11"), half)),
                2, BigFraction.ONE)));
    }

    /** A flow with too many branches to follow all of them. */
    public static OddsResult bounds() {
        return new OddsResult("lossy", List.of(new FlowOdds("f", "pod/a", "pod/b:80",
                L4Protocol.UDP,
                List.of(new ResultOdds(new ResultKey(Outcome.Answered, "pod/b", "10.244.1.5"),
                        new BigFraction(3, 4)),
                        new ResultOdds(new ResultKey(Outcome.TimedOut, null, null),
                                new BigFraction(1, 8))),
                100_000, new BigFraction(7, 8))));
    }
}
