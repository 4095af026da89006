package dev.podhop.cloud;

/** Who knows how many connections a load balancer has under way. */
@FunctionalInterface
public interface OpenSessions {

    /** Connections of a listener to one of its targets that are not over. */
    int open(Listener listener, Target target);
}
