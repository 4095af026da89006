package dev.podhop.k8s;

/** A workload that asks for a number of like pods, and counts them in its status. */
public sealed interface Replicated extends Workload permits ReplicaSet, ReplicationController {

    /** How many; 1 where the manifest has none. */
    int replicas();

    /** How long a pod must have been ready to be available. */
    int minReadySeconds();
}
