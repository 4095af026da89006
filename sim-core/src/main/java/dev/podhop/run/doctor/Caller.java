package dev.podhop.run.doctor;

import dev.podhop.scenario.Source;

/**
 * One of a class of callers.
 *
 * @param source the one that is asked for all of them
 * @param node that it is on; empty outside
 */
public record Caller(CallerRole role, Source source, String node) {

    /** Whether it is a pod of the cluster's own. */
    boolean isSystem() {
        return source instanceof Source.PodSource pod && pod.namespace().equals("kube-system");
    }
}
