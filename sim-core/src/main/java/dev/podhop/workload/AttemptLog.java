package dev.podhop.workload;

import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Outcome;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What became of a run's attempts, in the order in which they ended: a row of numbers each, some
 * fifty bytes, from which the result is made anew whenever somebody asks. Names, addresses and
 * explanations are kept once. Rows are added while the run goes on; to everybody else it is a list
 * that does not change.
 */
public final class AttemptLog extends AbstractList<AttemptResult> implements RandomAccess {

    private static final int ROWS = 256;

    private static final int ATTEMPT = 0;
    private static final int NUMBER = 1;
    private static final int CLIENT = 2;
    private static final int LOCAL = 3;
    private static final int LOCAL_PORT = 4;
    private static final int REMOTE = 5;
    private static final int SERVED = 6;
    private static final int WHY = 7;
    private static final int QUESTIONS = 8;
    private static final int INTS = 9;

    private static final int START = 0;
    private static final int END = 1;
    private static final int LONGS = 2;

    private final List<int[]> ints = new ArrayList<>();
    private final List<long[]> longs = new ArrayList<>();
    private final Once<Client> clients = new Once<>();
    private final Once<IpAddress> locals = new Once<>();
    private final Once<SocketAddress> remotes = new Once<>();
    private final Once<End> ends = new Once<>();
    private final Once<Explanation> whys = new Once<>();
    private int size;

    private record Client(String flow, String label, L4Protocol protocol) {}

    /** How it ended, and with whom. */
    private record End(Outcome outcome, @Nullable String endpoint, @Nullable IpAddress source) {}

    /** Numbers for values, in the order in which they first come. */
    private static final class Once<T> {
        private final Map<T, Integer> numbers = new HashMap<>();
        private final List<T> values = new ArrayList<>();

        int number(T value) {
            Integer known = numbers.get(value);
            if (known == null) {
                known = values.size();
                numbers.put(value, known);
                values.add(value);
            }
            return known;
        }

        T value(int number) {
            return values.get(number);
        }
    }

    /** An attempt has ended. */
    public void ended(AttemptResult result) {
        if (size == ROWS * ints.size()) {
            ints.add(new int[ROWS * INTS]);
            longs.add(new long[ROWS * LONGS]);
        }
        int[] row = ints.getLast();
        int at = size % ROWS * INTS;
        row[at + ATTEMPT] = result.attempt();
        row[at + NUMBER] = result.number();
        row[at + CLIENT] = clients.number(
                new Client(result.flow(), result.client(), result.protocol()));
        row[at + LOCAL] = locals.number(result.local().address());
        row[at + LOCAL_PORT] = result.local().port();
        row[at + REMOTE] = remotes.number(result.remote());
        row[at + SERVED] = ends.number(
                new End(result.outcome(), result.endpoint(), result.source()));
        Explanation why = result.why();
        row[at + WHY] = why == null ? -1 : whys.number(why);
        row[at + QUESTIONS] = result.questions();
        long[] times = longs.getLast();
        times[size % ROWS * LONGS + START] = result.startNanos();
        times[size % ROWS * LONGS + END] = result.endNanos();
        size++;
    }

    @Override
    public AttemptResult get(int index) {
        Objects.checkIndex(index, size);
        int[] row = ints.get(index / ROWS);
        int at = index % ROWS * INTS;
        long[] times = longs.get(index / ROWS);
        int time = index % ROWS * LONGS;
        Client client = clients.value(row[at + CLIENT]);
        End end = ends.value(row[at + SERVED]);
        return new AttemptResult(row[at + ATTEMPT], client.flow, row[at + NUMBER], client.label,
                new SocketAddress(locals.value(row[at + LOCAL]), row[at + LOCAL_PORT]),
                remotes.value(row[at + REMOTE]), client.protocol, end.outcome, end.endpoint,
                end.source, times[time + START], times[time + END],
                row[at + WHY] < 0 ? null : whys.value(row[at + WHY]), row[at + QUESTIONS]);
    }

    @Override
    public int size() {
        return size;
    }

    /** Those that are so, in another order, as a list over this one. */
    public List<AttemptResult> where(Predicate<AttemptResult> which,
            Comparator<AttemptResult> order) {
        return new Part(this, IntStream.range(0, size).filter(i -> which.test(get(i))).boxed()
                .sorted((a, b) -> order.compare(get(a), get(b))).mapToInt(i -> i).toArray());
    }

    private static final class Part extends AbstractList<AttemptResult> implements RandomAccess {
        private final AttemptLog log;
        private final int[] rows;

        Part(AttemptLog log, int[] rows) {
            this.log = log;
            this.rows = rows;
        }

        @Override
        public AttemptResult get(int index) {
            return log.get(rows[index]);
        }

        @Override
        public int size() {
            return rows.length;
        }
    }
}
