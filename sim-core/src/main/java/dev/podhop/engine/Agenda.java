package dev.podhop.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Things to do at a time, each an object: for what happens now and then, such as a controller's
 * next step. What happens for every packet takes a handler of its own.
 */
public final class Agenda {

    private final Simulation simulation;
    private final int type;
    private final List<@Nullable Item> items = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();

    public Agenda(Simulation simulation) {
        this.simulation = simulation;
        this.type = simulation.register(this::fire);
    }

    /** One thing to do; what was cancelled or is done can be cancelled again, without effect. */
    public final class Item {
        private final int slot;
        private final Runnable action;
        private long handle = Simulation.NO_EVENT;

        private Item(int slot, Runnable action) {
            this.slot = slot;
            this.action = action;
        }

        /** It shall not happen. */
        public void cancel() {
            if (items.get(slot) == this) {
                simulation.cancel(handle);
                leave(this);
            }
        }
    }

    /** The virtual time. */
    public long nowNanos() {
        return simulation.nowNanos();
    }

    /** Does it so many nanoseconds from now; 0 is after all that is already due now. */
    public Item after(long delayNanos, Runnable action) {
        int slot = free.isEmpty() ? items.size() : free.removeLast();
        Item item = new Item(slot, action);
        if (slot == items.size()) {
            items.add(item);
        } else {
            items.set(slot, item);
        }
        item.handle = simulation.scheduleAfter(delayNanos, type, slot, 0);
        return item;
    }

    private void fire(long nowNanos, int slot, long unused) {
        Item item = items.get(slot);
        if (item != null) {
            leave(item);
            item.action.run();
        }
    }

    private void leave(Item item) {
        items.set(item.slot, null);
        free.add(item.slot);
    }
}
