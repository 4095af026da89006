package dev.podhop.viz.events;

/**
 * A hop as a row.
 *
 * @param number the hop's number in the recording
 * @param bad whether the packet ended here and nobody took it
 */
record EventRow(int number, String time, String flow, String where, String packet,
        String addresses, String way, String verdict, boolean bad, boolean nat) {}
