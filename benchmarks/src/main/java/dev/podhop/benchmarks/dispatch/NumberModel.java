package dev.podhop.benchmarks.dispatch;

import dev.podhop.benchmarks.Increments;
import dev.podhop.engine.Simulation;

/** The model on Podhop's kernel. Eight method references, so that no call site is monomorphic. */
final class NumberModel implements DispatchModel {

    private final Simulation simulation = new Simulation();
    private final Increments increments;
    private long sum;

    NumberModel(Increments increments, int pending) {
        this.increments = increments;
        simulation.register(this::add);
        simulation.register(this::subtract);
        simulation.register(this::addTarget);
        simulation.register(this::subtractTarget);
        simulation.register(this::addTime);
        simulation.register(this::subtractTime);
        simulation.register(this::flip);
        simulation.register(this::turn);
        for (int target = 0; target < pending; target++) {
            schedule(target, target);
        }
    }

    @Override
    public void step() {
        simulation.step();
    }

    @Override
    public long sum() {
        return sum;
    }

    private void schedule(int target, long arg) {
        long delay = increments.next();
        simulation.scheduleAfter(delay, (int) delay & (KINDS - 1), target, arg);
    }

    private void add(long now, int target, long arg) {
        sum += arg;
        schedule(target, arg + 1);
    }

    private void subtract(long now, int target, long arg) {
        sum -= arg;
        schedule(target, arg + 1);
    }

    private void addTarget(long now, int target, long arg) {
        sum += target;
        schedule(target, arg + 1);
    }

    private void subtractTarget(long now, int target, long arg) {
        sum -= target;
        schedule(target, arg + 1);
    }

    private void addTime(long now, int target, long arg) {
        sum += now;
        schedule(target, arg + 1);
    }

    private void subtractTime(long now, int target, long arg) {
        sum -= now;
        schedule(target, arg + 1);
    }

    private void flip(long now, int target, long arg) {
        sum ^= arg;
        schedule(target, arg + 1);
    }

    private void turn(long now, int target, long arg) {
        sum = Long.rotateLeft(sum, 1);
        schedule(target, arg + 1);
    }
}
