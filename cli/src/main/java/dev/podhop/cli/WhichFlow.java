package dev.podhop.cli;

import dev.podhop.net.L4Protocol;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.Source;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which flow is asked for: one of the file, or one that it does not have. */
final class WhichFlow {

    @Option(names = "--flow", paramLabel = "FLOW",
            description = "This flow of the file; needless where it has only one.")
    @Nullable String flow;

    @Option(names = "--from", paramLabel = "SOURCE", converter = TypedWords.SourceWord.class,
            description = "With --to, a flow that the file does not have: pod/NAME, pod/NS/NAME,"
                    + " node/NAME or external/NAME. It waits 5 s for an answer.")
    @Nullable Source from;

    @Option(names = "--to", paramLabel = "TARGET", converter = TypedWords.TargetWord.class,
            description = "IP:port, service/NAME:port, service/NAME@vip:port, pod/NAME:port,"
                    + " node/NAME:port or a DNS name with a port.")
    @Nullable FlowTarget to;

    @Option(names = "--protocol", paramLabel = "PROTOCOL",
            converter = TypedWords.ProtocolWord.class,
            description = "TCP, UDP or SCTP.")
    L4Protocol protocol = L4Protocol.TCP;

    @Option(names = "--at", paramLabel = "TIME", converter = TypedWords.TimeWord.class,
            description = "As if the flow began then, 4.05s. Default: its own start;"
                    + " with --from, 0s.")
    OptionalLong at = OptionalLong.empty();

    /** Whether nothing says which. */
    boolean isOpen() {
        return flow == null && from == null && to == null;
    }
}
