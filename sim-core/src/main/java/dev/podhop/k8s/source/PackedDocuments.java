package dev.podhop.k8s.source;

import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/** The documents of files, each packed until it is asked for, and made anew each time. */
public final class PackedDocuments extends AbstractList<Mapping> {

    private final List<SourceTree> trees = new ArrayList<>();

    @Override
    public boolean add(Mapping document) {
        return trees.add(SourceTree.of(document).pack());
    }

    @Override
    public Mapping get(int index) {
        return trees.get(index).mapping();
    }

    /** A document's tree, which lies packed. */
    public SourceTree tree(int index) {
        return trees.get(index);
    }

    @Override
    public int size() {
        return trees.size();
    }
}
