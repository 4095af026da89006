package dev.podhop.benchmarks.dispatch;

import dev.podhop.benchmarks.Increments;
import java.util.PriorityQueue;

/** The model as textbooks have it: a heap of event objects, each with its own run method. */
final class ObjectModel implements DispatchModel {

    private final PriorityQueue<Event> queue = new PriorityQueue<>();
    private final Increments increments;
    private long now;
    private long sequence;
    private long sum;

    ObjectModel(Increments increments, int pending) {
        this.increments = increments;
        for (int target = 0; target < pending; target++) {
            schedule(target, target);
        }
    }

    @Override
    public void step() {
        Event event = queue.remove();
        now = event.time;
        event.run(this);
    }

    @Override
    public long sum() {
        return sum;
    }

    private void schedule(int target, long arg) {
        long delay = increments.next();
        Event event =
                switch ((int) delay & (KINDS - 1)) {
                    case 0 -> new Add();
                    case 1 -> new Subtract();
                    case 2 -> new AddTarget();
                    case 3 -> new SubtractTarget();
                    case 4 -> new AddTime();
                    case 5 -> new SubtractTime();
                    case 6 -> new Flip();
                    default -> new Turn();
                };
        event.time = now + delay;
        event.sequence = sequence++;
        event.target = target;
        event.arg = arg;
        queue.add(event);
    }

    private abstract static class Event implements Comparable<Event> {
        long time;
        long sequence;
        int target;
        long arg;

        abstract void run(ObjectModel model);

        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(time, other.time);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private static final class Add extends Event {
        @Override
        void run(ObjectModel model) {
            model.sum += arg;
            model.schedule(target, arg + 1);
        }
    }

    private static final class Subtract extends Event {
        @Override
        void run(ObjectModel model) {
            model.sum -= arg;
            model.schedule(target, arg + 1);
        }
    }

    private static final class AddTarget extends Event {
        @Override
        void run(ObjectModel model) {
            model.sum += target;
            model.schedule(target, arg + 1);
        }
    }

    private static final class SubtractTarget extends Event {
        @Override
        void run(ObjectModel model) {
            model.sum -= target;
            model.schedule(target, arg + 1);
        }
    }

    private static final class AddTime extends Event {
        @Override
        void run(ObjectModel model) {
            model.sum += time;
            model.schedule(target, arg + 1);
        }
    }

    private static final class SubtractTime extends Event {
        @Override
        void run(ObjectModel model) {
            model.sum -= time;
            model.schedule(target, arg + 1);
        }
    }

    private static final class Flip extends Event {
        @Override
        void run(ObjectModel model) {
            model.sum ^= arg;
            model.schedule(target, arg + 1);
        }
    }

    private static final class Turn extends Event {
        @Override
        void run(ObjectModel model) {
            model.sum = Long.rotateLeft(model.sum, 1);
            model.schedule(target, arg + 1);
        }
    }
}
