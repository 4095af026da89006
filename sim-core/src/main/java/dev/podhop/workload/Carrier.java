package dev.podhop.workload;

/** What carries an attempt: a connection, or a datagram socket. */
interface Carrier {

    /** The application does not wait for this attempt any longer. */
    void giveUp(Attempt attempt);
}
