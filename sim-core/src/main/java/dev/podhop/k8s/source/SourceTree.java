package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Mapping;
import org.jspecify.annotations.Nullable;

/**
 * The tree of one object, as it is read when somebody asks for it. Between two questions it may lie
 * {@linkplain #pack packed}: a tree of records takes some three kilobytes of a pod, most of them
 * places in a file that nobody ever asks for, and two hundred thousand pods are to be held at once.
 * Packed or not it says the same, to the letter and the column.
 */
public final class SourceTree {

    /** A Mapping, or what stands for it; one field, so that a reader sees the one or the other. */
    private Object held;

    private SourceTree(Mapping tree) {
        this.held = tree;
    }

    public static SourceTree of(Mapping tree) {
        return new SourceTree(tree);
    }

    /** The tree; whoever reads more than one field of it keeps it meanwhile. */
    public Mapping mapping() {
        return held instanceof PackedTree packed ? packed.unpack() : (Mapping) held;
    }

    /** Where it begins, which is asked for more often than all the rest of it. */
    public Location location() {
        return held instanceof PackedTree packed ? packed.location()
                : ((Mapping) held).location();
    }

    /**
     * From now on as small as can be, and only once where the tree is the other's.
     *
     * @param other packed
     * @param read what was read of it
     */
    public void pack(SourceTree other, Mapping read) {
        if (held == read) {
            held = other.held;
        } else {
            pack();
        }
    }

    /** From now on as small as can be. */
    public SourceTree pack() {
        if (held instanceof Mapping tree) {
            held = PackedTree.of(tree);
        }
        return this;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || other instanceof SourceTree tree && mapping().equals(tree.mapping());
    }

    @Override
    public int hashCode() {
        return location().hashCode();
    }

    @Override
    public String toString() {
        return mapping().toString();
    }
}
