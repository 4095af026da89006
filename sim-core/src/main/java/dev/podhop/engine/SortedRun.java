package dev.podhop.engine;

import java.util.Arrays;

/**
 * The bottom of the ladder: the next few events in firing order.
 *
 * <p>An ascending array with a read position. Insertion walks from the back, so that an entry comes
 * to stand behind those of its own time: first in, first out, without sequence numbers. When all
 * entries share one time, insertion is an append whatever their number.
 */
final class SortedRun {

    /** Time and value of entry i at 2i and 2i + 1. */
    private long[] entries = new long[128];

    private int head;
    private int tail;

    int size() {
        return (tail - head) >> 1;
    }

    boolean isEmpty() {
        return head == tail;
    }

    long headTime() {
        return entries[head];
    }

    long headValue() {
        return entries[head + 1];
    }

    void removeHead() {
        head += 2;
        if (head == tail) {
            clear();
        }
    }

    void insert(long time, long value) {
        if (tail == entries.length) {
            makeRoom();
        }
        long[] e = entries;
        int at = tail;
        while (at > head && e[at - 2] > time) {
            e[at] = e[at - 2];
            e[at + 1] = e[at - 1];
            at -= 2;
        }
        e[at] = time;
        e[at + 1] = value;
        tail += 2;
    }

    void clear() {
        head = 0;
        tail = 0;
    }

    /** Keeps the entries that {@code filter} wants, in order. */
    void retain(EventQueue.Filter filter) {
        int to = head;
        for (int from = head; from < tail; from += 2) {
            if (filter.keeps((int) entries[from + 1])) {
                entries[to] = entries[from];
                entries[to + 1] = entries[from + 1];
                to += 2;
            }
        }
        tail = to;
        if (head == tail) {
            clear();
        }
    }

    /** Bytes held, in use or not. */
    long bytes() {
        return 8L * entries.length;
    }

    private void makeRoom() {
        // a long queue at one instant moves along the array: slide it back before growing
        if (head >= entries.length >> 1) {
            System.arraycopy(entries, head, entries, 0, tail - head);
            tail -= head;
            head = 0;
        } else {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
    }
}
