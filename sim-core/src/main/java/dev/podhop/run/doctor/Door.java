package dev.podhop.run.doctor;

/** A way into a Service. */
public enum Door {
    CLUSTER_IP,
    NODE_PORT,
    LOAD_BALANCER,
    EXTERNAL_IP,
    /** Its name, where that stands for the endpoints themselves or for another name. */
    NAME
}
