package dev.podhop.cloud;

import dev.podhop.engine.SimTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings by their spelling in files and tables, in the order in which they are printed. */
public enum LoadBalancerKey {
    BACKENDS("backends", s -> s.backends().toString()),
    CLIENT_IP("clientIP", s -> s.clientIP().toString()),
    LOOP_AVOIDANCE("loopAvoidance", s -> s.loopAvoidance().toString()),
    SCHEDULER("scheduler", s -> s.scheduler().toString()),
    HEALTH_CHECK("healthCheck", s -> s.healthCheck() == null ? "none" : s.healthCheck().toString()),
    QUESTION("healthCheck.question",
            s -> s.healthCheck() == null ? "none" : s.healthCheck().question().toString()),
    NODE_TIMEOUT("nodeTimeout", s -> nanos(s.nodeTimeoutNanos())),
    ALL_UNHEALTHY("allUnhealthy", s -> s.allUnhealthy().toString()),
    DESTINATION("destination", s -> s.destination().toString()),
    DEREGISTRATION_DELAY("deregistrationDelay", s -> nanos(s.deregistrationDelayNanos())),
    IDLE_TIMEOUT("idleTimeout", s -> nanos(s.idleTimeoutNanos())),
    UNHEALTHY("sessions.unhealthy", s -> s.sessions().unhealthy().toString()),
    REMOVED("sessions.removed", s -> s.sessions().removed()
            + (s.sessions().udpAtOnce() ? " at once" : "")),
    CHANGED("sessions.changed", s -> s.sessions().changed().toString()),
    IDLE("sessions.idle", s -> s.sessions().idle().toString()),
    DELETED("sessions.deleted", s -> s.sessions().deleted().toString()),
    SOURCE_RANGES("sourceRanges", s -> s.sourceRanges().toString()),
    ACCESS("access", s -> s.openness().toString()),
    CONTROLLER("controller", s -> s.controller().toString()),
    INGRESS("ingress", s -> s.ingress().toString()),
    ENTRY("entry", s -> s.entry().toString()),
    LOCAL_ROUTE("localRoute", s -> String.valueOf(s.localRoute())),
    NODES("nodes", s -> "not ready " + s.registration().notReadyNodes() + ", control plane "
            + s.registration().controlPlaneNodes()),
    ENDPOINTS("endpoints", s -> s.registration().endpoints()
            + (s.registration().terminatingPods() ? ", terminating ones with weight 0" : "")
            + (s.registration().serving() ? ", serving is enough" : "")),
    WEIGHT("weight", s -> String.valueOf(s.registration().weight())),
    LOAD_BALANCER_IP("loadBalancerIP",
            s -> s.registration().loadBalancerIP().toString()),
    CLASSES("loadBalancerClass", s -> s.registration().classes().isEmpty() ? "none taken up"
            : String.join(", ", s.registration().classes())),
    LISTENER_NAME("listenerName", s -> s.registration().listenerName().isEmpty() ? "none"
            : s.registration().listenerName()),
    ADDRESSES("addresses", s -> s.registration().addresses().toString()),
    TAGS("tags", s -> s.registration().tags().toString()),
    PORTS("ports", s -> s.registration().ports().toString()),
    AFFINITY("affinityAdvice", s -> nanos(s.registration().affinityNanos())),
    NODE_ADDRESS("nodeAddress", s -> s.nodesOwn() ? "the node's own" : "balanced");

    private final String spelling;
    private final Function<LoadBalancerSettings, String> text;

    LoadBalancerKey(String spelling, Function<LoadBalancerSettings, String> text) {
        this.spelling = spelling;
        this.text = text;
    }

    private static String nanos(@Nullable Long nanos) {
        return nanos == null ? "none" : SimTime.format(nanos);
    }

    /** Its value as a file has it; {@code none} where there is none. */
    public String text(LoadBalancerSettings settings) {
        return text.apply(settings);
    }

    /** As it stands in a file. */
    @Override
    public String toString() {
        return spelling;
    }
}
