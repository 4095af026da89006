package dev.podhop.engine;

/**
 * What happens when an event fires. One handler is registered per kind of event, and finds the
 * object concerned by {@code target}: so an event is three numbers and never an object.
 */
@FunctionalInterface
public interface EventHandler {

    /**
     * Called once for each event of this kind, at its time.
     *
     * @param nowNanos the virtual time, equal to {@link Simulation#nowNanos()}
     * @param target the index given when scheduling: which entity this is about
     * @param arg the value given when scheduling: anything the handler needs to know
     */
    void onEvent(long nowNanos, int target, long arg);
}
