package dev.podhop.net;

/** Which way along a connection a packet travels ({@code enum ip_conntrack_dir}). */
public enum Direction {
    ORIGINAL,
    REPLY;

    /** The other way. */
    public Direction opposite() {
        return this == ORIGINAL ? REPLY : ORIGINAL;
    }
}
