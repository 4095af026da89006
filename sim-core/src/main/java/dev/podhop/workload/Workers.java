package dev.podhop.workload;

import dev.podhop.engine.Simulation;
import java.util.ArrayDeque;

/**
 * Who serves a process's requests: so many at a time, the others in the order in which they came.
 */
final class Workers {

    private final Timers timers;
    private final ServerBehaviour behaviour;
    private final ArrayDeque<Job> waiting = new ArrayDeque<>(1);
    private int busy;
    /** Requests taken on, and accepted connections whose first request has not come yet. */
    private int taken;
    private Runnable whenRoom = () -> {};

    /** A request to be served. */
    abstract static class Job implements Timers.Owner {
        private final Workers workers;
        private final int slot;
        private long timer = Simulation.NO_EVENT;
        private boolean over;
        private long extraNanos;

        Job(Workers workers) {
            this.workers = workers;
            this.slot = workers.timers.enter(this);
        }

        /** The answer is ready. */
        abstract void served();

        /** Nobody wants the answer any more. */
        final void cancel() {
            if (!over) {
                workers.timers.cancel(timer);
                workers.end(this);
            }
        }

        @Override
        public final void expired(int which) {
            workers.end(this);
            served();
        }
    }

    Workers(Timers timers, ServerBehaviour behaviour) {
        this.timers = timers;
        this.behaviour = behaviour;
    }

    /** Who is told when a request was taken off. */
    void whenRoom(Runnable listener) {
        whenRoom = listener;
    }

    /** Whether a request is answered in the moment in which it comes. */
    boolean immediate() {
        return behaviour.serviceNanos() == 0
                && behaviour.concurrency() == ServerBehaviour.UNLIMITED;
    }

    /** Whether the process takes on one more. */
    boolean hasRoom() {
        return taken - (long) behaviour.concurrency() < behaviour.queue();
    }

    /** A request is about to come: its place is kept. */
    void reserve() {
        taken++;
    }

    /** A place that was kept is not needed. */
    void release() {
        taken--;
        whenRoom.run();
    }

    /** Serves the job, at once or when its turn comes; its place was reserved. */
    void add(Job job) {
        add(job, 0);
    }

    /** A job that takes longer than others. */
    void add(Job job, long extraNanos) {
        job.extraNanos = extraNanos;
        if (busy < behaviour.concurrency()) {
            begin(job);
        } else {
            waiting.add(job);
        }
    }

    private void begin(Job job) {
        busy++;
        job.timer = timers.after(behaviour.serviceNanos() + job.extraNanos, job.slot, 0);
    }

    private void end(Job job) {
        job.over = true;
        timers.leave(job.slot);
        if (!waiting.remove(job)) {
            busy--;
            Job next = waiting.poll();
            if (next != null) {
                begin(next);
            }
        }
        release();
    }

    void reset() {
        waiting.clear();
        busy = 0;
        taken = 0;
    }
}
