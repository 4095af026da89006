package dev.podhop.viz.topology;

/**
 * How high things are, in units: what they need at least, and more of it where the pane is higher.
 * Text keeps its size; streets and gaps take the room.
 *
 * @param narrow whether a translation takes two lines
 * @param street between the edge and the nodes
 * @param middle of the kernel, between its doors
 * @param notes where translations are written
 * @param veth between the bridge and the pods
 * @param below under the pods, for what is said of them
 */
record Heights(boolean narrow, double edge, double street, double middle, double notes,
        double veth, double below) {

    static final double TITLE = 33;
    static final double BRIDGE = 18;
    static final double POD = 40;
    static final double BALANCER = 36;
    /** A line of small text. */
    static final double LINE = 13;
    private static final double MIDDLE = 56;
    private static final double STREET = 42;
    private static final double VETH = 34;
    /** How the room to spare is shared out: streets most of it. */
    private static final double[] SHARES = {1, 3, 2.5, 1, 2.5, 1};
    private static final double[] MOST = {40, 70, 30, 40, 60, 30};

    /** What is needed at least. */
    static Heights least(boolean narrow, boolean balancers) {
        return new Heights(narrow, balancers ? BALANCER + 34 : 44, STREET, MIDDLE,
                (narrow ? 4 : 2) * LINE + 8, VETH, narrow ? 54 : 42);
    }

    /** With a row's share of room to spare. */
    Heights with(double spare) {
        double all = 0;
        for (double share : SHARES) {
            all += share;
        }
        double[] more = new double[SHARES.length];
        for (int i = 0; i < more.length; i++) {
            more[i] = Math.min(MOST[i], Math.max(0, spare) * SHARES[i] / all);
        }
        return new Heights(narrow, edge + more[0], street + more[1], middle + more[2],
                notes + more[3], veth + more[4], below + more[5]);
    }

    double kernel() {
        return 2 * HookStrip.DOOR + middle;
    }

    /** Of a node with so many rows of pods. */
    double node(int podRows) {
        return TITLE + kernel() + notes + BRIDGE + podRows * (veth + POD) + below;
    }
}
