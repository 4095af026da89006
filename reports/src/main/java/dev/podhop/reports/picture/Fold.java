package dev.podhop.reports.picture;

import java.util.ArrayList;
import java.util.List;

/**
 * What is folded away so that the rest is large enough to be read.
 *
 * @param kernels of which nodes the kernel is drawn
 * @param pods that a node shows at most; those that packets visited come first
 * @param idlePods whether pods are drawn that no packet visited
 * @param nodes that are drawn at most; those where packets began or ended come first
 * @param idleNodes whether nodes are drawn that no packet visited
 * @param tiles whether each zone has a tile of its own for nodes that are only counted
 * @param idleEdge whether hosts and balancers are drawn that no packet visited
 */
record Fold(Kernels kernels, int pods, boolean idlePods, int nodes, boolean idleNodes,
        boolean tiles, boolean idleEdge) {

    private static final int MANY = 12;

    /** Of which nodes the kernel is drawn. */
    enum Kernels {
        ALL,
        VISITED,
        /** The one under the cursor when an attempt is first shown. */
        DECIDING,
        NONE
    }

    /** From nothing folded to all that can be. */
    static List<Fold> of(Level level) {
        List<Fold> folds = new ArrayList<>();
        if (level == Level.KERNEL) {
            folds.add(new Fold(Kernels.ALL, 8, true, 6, true, true, true));
            folds.add(new Fold(Kernels.VISITED, 8, true, 8, true, true, true));
            folds.add(new Fold(Kernels.VISITED, 4, true, 8, true, true, true));
            folds.add(new Fold(Kernels.VISITED, 8, false, 8, true, true, true));
            folds.add(new Fold(Kernels.VISITED, 4, false, MANY, false, true, true));
            folds.add(new Fold(Kernels.VISITED, 4, false, MANY, false, false, false));
            folds.add(new Fold(Kernels.DECIDING, 4, false, MANY, false, false, false));
        }
        folds.add(new Fold(Kernels.NONE, 8, true, 8, true, true, true));
        folds.add(new Fold(Kernels.NONE, 4, true, 8, true, true, true));
        folds.add(new Fold(Kernels.NONE, 8, false, 8, true, true, true));
        folds.add(new Fold(Kernels.NONE, 8, false, 2 * MANY, false, true, true));
        folds.add(new Fold(Kernels.NONE, 4, false, MANY, false, true, true));
        folds.add(new Fold(Kernels.NONE, 4, false, MANY, false, false, false));
        // Who calls and who is called is folded last: a node that only forwards goes before.
        for (int pods : new int[] {3, 2, 1}) {
            for (int nodes : new int[] {8, 6, 4, 3, 2}) {
                folds.add(new Fold(Kernels.NONE, pods, false, nodes, false, false, false));
            }
        }
        for (int nodes : new int[] {8, 6, 4, 3, 2, 1, 0}) {
            for (int pods : nodes == 1 ? new int[] {2, 1, 0} : new int[] {0}) {
                folds.add(new Fold(Kernels.NONE, pods, false, nodes, false, false, false));
            }
        }
        return folds;
    }
}
