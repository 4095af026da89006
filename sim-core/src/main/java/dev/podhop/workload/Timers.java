package dev.podhop.workload;

import dev.podhop.engine.Simulation;
import dev.podhop.netstack.NetworkNamespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Timers of clients and servers: each owner has a slot, each of its timers a number. */
public final class Timers {

    private final Simulation simulation;
    private final int handler;
    private final List<@Nullable Owner> owners = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
    private final int lastingHandler;
    /** Owners that a fresh data plane keeps. */
    private final List<@Nullable Owner> lasting = new ArrayList<>();

    /** Whoever is woken. */
    public interface Owner {
        void expired(int timer);

        /** A host, and with it what its kernel knew, is no more. */
        default void hostGone(NetworkNamespace host) {}
    }

    Timers(Simulation simulation) {
        this.simulation = simulation;
        this.handler = simulation.register(this::fire);
        this.lastingHandler = simulation.register(this::fireLasting);
    }

    /** A slot for the owner's timers. */
    public int enter(Owner owner) {
        if (free.isEmpty()) {
            owners.add(owner);
            return owners.size() - 1;
        }
        int slot = free.removeLast();
        owners.set(slot, owner);
        return slot;
    }

    /** Gives the slot back; all of its timers must have fired or been cancelled. */
    public void leave(int slot) {
        owners.set(slot, null);
        free.add(slot);
    }

    /** A slot that {@link #clear} leaves alone; its timers are {@link #afterLasting}'s. */
    int enterLasting(Owner owner) {
        lasting.add(owner);
        return lasting.size() - 1;
    }

    void leaveLasting(int slot) {
        lasting.set(slot, null);
    }

    long afterLasting(long delayNanos, int slot, int timer) {
        return simulation.scheduleAfter(delayNanos, lastingHandler, slot, timer);
    }

    public long after(long delayNanos, int slot, int timer) {
        return simulation.scheduleAfter(delayNanos, handler, slot, timer);
    }

    public void cancel(long handle) {
        if (handle != Simulation.NO_EVENT) {
            simulation.cancel(handle);
        }
    }

    public long nowNanos() {
        return simulation.nowNanos();
    }

    /** Tells everybody that a host is no more. */
    void hostGone(NetworkNamespace host) {
        for (Owner owner : new ArrayList<>(owners)) {
            if (owner != null) {
                owner.hostGone(host);
            }
        }
    }

    void clear() {
        owners.clear();
        free.clear();
    }

    private void fire(long nowNanos, int slot, long timer) {
        Owner owner = owners.get(slot);
        if (owner != null) {
            owner.expired((int) timer);
        }
    }

    private void fireLasting(long nowNanos, int slot, long timer) {
        Owner owner = lasting.get(slot);
        if (owner != null) {
            owner.expired((int) timer);
        }
    }
}
