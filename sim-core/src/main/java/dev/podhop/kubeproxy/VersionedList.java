package dev.podhop.kubeproxy;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import java.util.function.IntConsumer;

/**
 * A list that is never changed: {@link #with} makes another, which shares all but the way to the
 * new element. So a version costs the same however long the list is, and two versions are held
 * against each other at the cost of what differs.
 *
 * <p>A tree of arrays, {@value #WIDTH} wide: the digits of an index lead to its element.
 */
final class VersionedList<T> extends AbstractList<T> implements RandomAccess {

    static final int WIDTH = 32;

    private static final int BITS = 5;
    private static final int MASK = WIDTH - 1;

    private final int size;
    /** Of the first digit, in bits: 0 where the root holds the elements themselves. */
    private final int shift;
    private final Object[] root;

    private VersionedList(int size, int shift, Object[] root) {
        this.size = size;
        this.shift = shift;
        this.root = root;
    }

    /** The elements of a list, in its order. */
    static <T> VersionedList<T> of(List<? extends T> elements) {
        int shift = 0;
        while (elements.size() - 1 >> shift >= WIDTH) {
            shift += BITS;
        }
        return new VersionedList<>(elements.size(), shift, node(elements, 0, shift));
    }

    private static Object[] node(List<?> elements, int from, int shift) {
        int each = 1 << shift;
        Object[] node = new Object[Math.min(WIDTH, elements.size() - from + each - 1 >> shift)];
        for (int i = 0; i < node.length; i++) {
            int at = from + i * each;
            node[i] = shift == 0 ? elements.get(at) : node(elements, at, shift - BITS);
        }
        return node;
    }

    @Override
    @SuppressWarnings("unchecked") // leaves hold nothing but elements
    public T get(int index) {
        Object[] node = root;
        for (int digit = shift; digit > 0; digit -= BITS) {
            node = (Object[]) node[index >>> digit & MASK];
        }
        return (T) node[index & MASK];
    }

    @Override
    public int size() {
        return size;
    }

    /** The same list but for one element. */
    VersionedList<T> with(int index, T element) {
        Object[] changed = root.clone();
        Object[] node = changed;
        for (int digit = shift; digit > 0; digit -= BITS) {
            int place = index >>> digit & MASK;
            Object[] below = ((Object[]) node[place]).clone();
            node[place] = below;
            node = below;
        }
        node[index & MASK] = element;
        return new VersionedList<>(size, shift, changed);
    }

    /** Names each index, in order, at which another list of this length has another object. */
    void differences(VersionedList<T> other, IntConsumer at) {
        if (other.size != size) {
            throw new IllegalArgumentException(other.size + " elements beside " + size);
        }
        differences(root, other.root, 0, shift, at);
    }

    private static void differences(Object[] one, Object[] other, int from, int shift,
            IntConsumer at) {
        for (int i = 0; one != other && i < one.length; i++) {
            int index = from + (i << shift);
            if (shift > 0) {
                differences((Object[]) one[i], (Object[]) other[i], index, shift - BITS, at);
            } else if (one[i] != other[i]) {
                at.accept(index);
            }
        }
    }
}
