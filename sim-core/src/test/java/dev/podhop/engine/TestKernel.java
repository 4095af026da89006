package dev.podhop.engine;

/** What the reference and the real kernel have in common; one kind of event is enough. */
interface TestKernel {

    long nowNanos();

    long scheduleAfter(long delayNanos, int target, long arg);

    boolean cancel(long handle);

    boolean isPending(long handle);

    boolean step();

    void runUntil(long endNanos);

    int pending();

    long processed();

    void reset();

    /** The kernel under test in this shape. */
    static TestKernel of(EventHandler handler) {
        Simulation simulation = new Simulation();
        int type = simulation.register(handler);
        return new TestKernel() {
            @Override
            public long nowNanos() {
                return simulation.nowNanos();
            }

            @Override
            public long scheduleAfter(long delayNanos, int target, long arg) {
                return simulation.scheduleAfter(delayNanos, type, target, arg);
            }

            @Override
            public boolean cancel(long handle) {
                return simulation.cancel(handle);
            }

            @Override
            public boolean isPending(long handle) {
                return simulation.isPending(handle);
            }

            @Override
            public boolean step() {
                return simulation.step();
            }

            @Override
            public void runUntil(long endNanos) {
                simulation.runUntil(endNanos);
            }

            @Override
            public int pending() {
                return simulation.pending();
            }

            @Override
            public long processed() {
                return simulation.processed();
            }

            @Override
            public void reset() {
                simulation.reset();
            }
        };
    }
}
