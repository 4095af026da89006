package dev.podhop.net;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A hash map keyed by the five fields of a {@link Tuple}, without making one to look up.
 *
 * @param <V> values; one a key
 */
public final class TupleMap<V> {

    /** Of most of a large cluster's maps nobody ever asks anything: never written to. */
    private static final Object[] EMPTY = new Object[1];
    private static final int FIRST_CAPACITY = 4;

    private Object[] keys = EMPTY;
    private Object[] values = EMPTY;
    private int size;

    /** The value for these fields; null for none. */
    @SuppressWarnings("unchecked") // only V ever goes in
    public @Nullable V get(L4Protocol protocol, IpAddress source, int sourcePort,
            IpAddress destination, int destinationPort) {
        int mask = keys.length - 1;
        int at = hash(protocol, source, sourcePort, destination, destinationPort) & mask;
        while (keys[at] != null) {
            Tuple key = (Tuple) keys[at];
            if (key.sourcePort() == sourcePort && key.destinationPort() == destinationPort
                    && key.protocol() == protocol && key.source().same(source)
                    && key.destination().same(destination)) {
                return (V) values[at];
            }
            at = (at + 1) & mask;
        }
        return null;
    }

    /** The value for this tuple; null for none. */
    public @Nullable V get(Tuple t) {
        return get(t.protocol(), t.source(), t.sourcePort(), t.destination(), t.destinationPort());
    }

    /** Sets the value of a key, replacing what was there. */
    public void put(Tuple key, V value) {
        if (2 * (size + 1) > keys.length) {
            rehash(Math.max(FIRST_CAPACITY, keys.length * 2));
        }
        int at = find(key);
        if (keys[at] == null) {
            keys[at] = key;
            size++;
        }
        values[at] = value;
    }

    /** Removes a key; false when it was not there. */
    public boolean remove(Tuple key) {
        int hole = find(key);
        if (keys[hole] == null) {
            return false;
        }
        // Backward-shift deletion: later entries of the probe run move up, so no tombstones pile
        // up.
        int mask = keys.length - 1;
        int at = hole;
        while (true) {
            at = (at + 1) & mask;
            if (keys[at] == null) {
                break;
            }
            int home = hash((Tuple) keys[at]) & mask;
            if (((at - home) & mask) >= ((at - hole) & mask)) {
                keys[hole] = keys[at];
                values[hole] = values[at];
                hole = at;
            }
        }
        clearSlot(hole);
        size--;
        return true;
    }

    public int size() {
        return size;
    }

    /** Visits every value, in no order that a user may see. */
    @SuppressWarnings("unchecked") // only V ever goes in
    public void forEach(Consumer<V> visitor) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != null) {
                visitor.accept((V) values[i]);
            }
        }
    }

    public void clear() {
        if (size > 0) {
            keys = EMPTY;
            values = EMPTY;
            size = 0;
        }
    }

    @SuppressWarnings("NullAway") // empty slots of the two arrays are null by design
    private void clearSlot(int slot) {
        keys[slot] = null;
        values[slot] = null;
    }

    private int find(Tuple key) {
        int mask = keys.length - 1;
        int at = hash(key) & mask;
        while (keys[at] != null && !keys[at].equals(key)) {
            at = (at + 1) & mask;
        }
        return at;
    }

    @SuppressWarnings("unchecked") // only V ever goes in
    private void rehash(int capacity) {
        Object[] oldKeys = keys;
        Object[] oldValues = values;
        keys = new Object[capacity];
        values = new Object[capacity];
        size = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                put((Tuple) oldKeys[i], (V) oldValues[i]);
            }
        }
    }

    private static int hash(Tuple t) {
        return hash(t.protocol(), t.source(), t.sourcePort(), t.destination(),
                t.destinationPort());
    }

    private static int hash(L4Protocol protocol, IpAddress source, int sourcePort,
            IpAddress destination, int destinationPort) {
        long mixed = source.low() * 0x9e3779b97f4a7c15L + source.high();
        mixed = (mixed ^ mixed >>> 29) * 0xbf58476d1ce4e5b9L + destination.low();
        mixed = (mixed ^ mixed >>> 32) * 0x94d049bb133111ebL + destination.high();
        mixed += ((long) sourcePort << 24) + ((long) destinationPort << 8) + protocol.number();
        mixed = (mixed ^ mixed >>> 30) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 33);
    }
}
