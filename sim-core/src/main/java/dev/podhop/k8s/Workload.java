package dev.podhop.k8s;

/** An object whose controller makes pods. */
public sealed interface Workload extends ApiObject
        permits Deployment, Replicated, StatefulSet, DaemonSet {

    /** Picks the pods that are its own. */
    LabelSelector selector();

    /** What its pods are made from. */
    PodTemplate template();
}
