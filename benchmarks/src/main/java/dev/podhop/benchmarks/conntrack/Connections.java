package dev.podhop.benchmarks.conntrack;

import java.util.function.IntFunction;

/** A table of connections, numbered as in {@link Traffic}. */
public interface Connections {

    /** The contestants. */
    enum Kind {
        /** Ours, found through the index. */
        PODHOP(most -> new TableConnections(most, false)),
        /** Ours, with the handle that the flow had at its last packet. */
        PODHOP_HINT(most -> new TableConnections(most, true)),
        /** {@code HashMap<Tuple, Connection>}. */
        HASH_MAP(most -> new MapConnections());

        private final IntFunction<Connections> maker;

        Kind(IntFunction<Connections> maker) {
            this.maker = maker;
        }

        /** An empty table for at most that many connections. */
        public Connections make(int most) {
            return maker.apply(most);
        }
    }

    /** The first packet of a connection comes, and is translated to its backend. */
    void open(long connection);

    /** The backend has answered, and the client that. */
    void establish(long connection);

    /** A segment of an established connection comes; answers with what identifies the entry. */
    long hit(long connection);

    /** A segment of no connection comes; answers with 0. */
    long miss(long connection);

    /** The backend refuses, and the entry goes. */
    void refuse(long connection);
}
