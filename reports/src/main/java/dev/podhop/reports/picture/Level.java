package dev.podhop.reports.picture;

/** How much of a place is drawn. */
public enum Level {
    /** Pods, nodes, balancers, and what was replaced where. */
    PLAIN,
    /** The kernel's hooks, bridges and devices besides. */
    KERNEL
}
