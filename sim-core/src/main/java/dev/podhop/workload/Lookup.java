package dev.podhop.workload;

import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A name that one client wants to call, and the resolver library that it asks. Each request is made
 * anew; whatever the library remembers, it remembers itself.
 */
public interface Lookup {

    /**
     * What came of a request.
     *
     * @param addresses in the order in which the client tries them; empty where there are none
     * @param failure what the client makes of that; null where there are addresses
     * @param why the reason of the failure, or how the name was found
     */
    record Found(List<IpAddress> addresses, @Nullable Outcome failure, Explanation why) {

        public Found {
            addresses = List.copyOf(addresses);
        }
    }

    /** A request under way. */
    interface Pending {
        /** Nobody waits any more: no packet is sent any more, nobody is told. */
        void abandon();
    }

    /** The port that is to be called. */
    int port();

    /**
     * Asks. The answer comes once, at once or later.
     *
     * @param attempt whose packets the questions are
     */
    Pending ask(NetworkNamespace client, int attempt, Consumer<Found> then);

    /** What stands for the callee where no address was found. */
    default SocketAddress nobody() {
        return new SocketAddress(IpAddress.ANY_V4, port());
    }
}
