package dev.podhop.scenario;

import dev.podhop.cloud.ControllerSettings;
import dev.podhop.cloud.ControllerSettings.AccessSwitch;
import dev.podhop.cloud.LoadBalancerKey;
import dev.podhop.cloud.LoadBalancerProfile;
import dev.podhop.cloud.LoadBalancerProfiles;
import dev.podhop.cloud.LoadBalancerSettings;
import dev.podhop.cloud.LoadBalancerSettings.AllUnhealthy;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.cloud.LoadBalancerSettings.ClientIP;
import dev.podhop.cloud.LoadBalancerSettings.Destination;
import dev.podhop.cloud.LoadBalancerSettings.LoopAvoidance;
import dev.podhop.cloud.LoadBalancerSettings.Openness;
import dev.podhop.cloud.LoadBalancerSettings.Scheduler;
import dev.podhop.cloud.LoadBalancerSettings.SourceRanges;
import dev.podhop.cloud.Provenance;
import dev.podhop.net.Cidr;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a file says about a load balancer; null: what its profile says. */
public record LoadBalancerKeys(
        @Key(value = "The set of defaults: `tke-clb`, `tke-clb-direct`, `vke-clb`,"
                + " `aws-nlb-instance`, `aws-nlb-ip`, `aws-classic-elb`, `azure-ilb`,"
                + " `azure-public`, `gcp-internal`, `gcp-external`, `metallb-l2`, `metallb-bgp`,"
                + " `k3s-servicelb` or `none`.",
                otherwise = "a plain load balancer: nodePort, preserve, sourceIP, random,"
                        + " forwardToAll, rewrite, no health check")
        @Nullable String profile,
        @Key(value = "Whether it sends to the Service's node port or to the pods themselves.",
                otherwise = PROFILE)
        @Nullable Backends backends,
        @Key(value = "Whether the backend sees the client's address or the load balancer's.",
                otherwise = PROFILE)
        @Nullable ClientIP clientIP,
        @Key(value = "sourceIP: never back to the backend whose own address the source is.",
                otherwise = PROFILE)
        @Nullable LoopAvoidance loopAvoidance,
        @Key(value = "How a backend is chosen for a connection.",
                otherwise = PROFILE)
        @Nullable Scheduler scheduler,
        @Key(value = "How backends are probed.",
                otherwise = "the profile's; without profile, targets follow the endpoints at once")
        @Nullable HealthCheckKeys healthCheck,
        @Key(value = "What becomes of a connection when no backend is healthy.",
                otherwise = PROFILE)
        @Nullable AllUnhealthy allUnhealthy,
        @Key(value = "keep: the packet reaches the backend still addressed to the VIP.",
                otherwise = PROFILE)
        @Nullable Destination destination,
        @Key(value = "How long a removed backend keeps its connections.",
                otherwise = PROFILE)
        @Nullable Long deregistrationDelayNanos,
        @Key(value = "After what silence a connection is forgotten.",
                otherwise = PROFILE)
        @Nullable Long idleTimeoutNanos,
        @Key(value = "What becomes of connections under way.",
                otherwise = PROFILE)
        @Nullable SessionKeys sessions,
        @Key(value = "Whether the cloud's firewall keeps out whom loadBalancerSourceRanges does not"
                + " name, or only kube-proxy on the nodes.",
                otherwise = PROFILE)
        @Nullable SourceRanges sourceRanges,
        @Key(value = "internal: nobody on the internet may call.",
                otherwise = PROFILE)
        @Nullable Openness access,
        @Key(value = "After what time a node that is gone is no target any more, without health"
                + " check and whatever its conditions say (MetalLB: memberlist, BGP's hold time).",
                otherwise = PROFILE)
        @Nullable Long nodeTimeoutNanos,
        @Key(value = "Whether it tells backends of the client in a PROXY protocol header.",
                otherwise = "false")
        @Nullable Boolean proxyProtocol,
        @Key(value = "How the cloud controller works, and how long the cloud takes.",
                otherwise = PROFILE)
        @Nullable ControllerKeys controller,
        @Key(value = "Whom the cloud lets in besides loadBalancerSourceRanges.",
                otherwise = "nobody more")
        @Nullable List<Cidr> allowedRanges,
        @Key(value = "Which nodes are bound, and what they weigh.",
                otherwise = "all alike")
        @Nullable TargetingKeys targeting,
        @Key(value = "Which instance is used.",
                otherwise = "one that the controller makes")
        @Nullable InstanceKeys instance) {

    @SuppressWarnings("UnusedVariable") // Error Prone does not look at annotations of components
    static final String PROFILE = "the profile's";

    /** Nothing said. */
    public static final LoadBalancerKeys NONE = new LoadBalancerKeys(null, null, null, null, null,
            null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** Nothing but a profile. */
    public static LoadBalancerKeys ofProfile(@Nullable String profile) {
        return new LoadBalancerKeys(profile, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null);
    }

    /** The profile that these keys name; one that does not exist is told where they are checked. */
    LoadBalancerProfile base() {
        return profile == null ? LoadBalancerProfiles.plain()
                : LoadBalancerProfiles.of(profile).orElseGet(LoadBalancerProfiles::plain);
    }

    private static boolean named(LoadBalancerProfile base) {
        return !base.name().equals(LoadBalancerProfiles.plain().name());
    }

    /** A profile with what these keys say otherwise, and who says so. */
    LoadBalancerProfile over(LoadBalancerProfile base, Provenance from) {
        LoadBalancerSettings s = base.settings();
        return base.with(new LoadBalancerSettings(
                orElse(backends, s.backends()),
                orElse(clientIP, s.clientIP()),
                orElse(loopAvoidance, s.loopAvoidance()),
                orElse(scheduler, s.scheduler()),
                healthCheck == null ? s.healthCheck() : healthCheck.over(s.healthCheck()),
                orElse(allUnhealthy, s.allUnhealthy()),
                orElse(destination, s.destination()),
                either(deregistrationDelayNanos, s.deregistrationDelayNanos()),
                either(idleTimeoutNanos, s.idleTimeoutNanos()),
                sessions == null ? s.sessions() : sessions.over(s.sessions()),
                orElse(sourceRanges, s.sourceRanges()),
                orElse(access, s.openness()),
                access == null ? s.secluded() : access == Openness.INTERNAL,
                either(nodeTimeoutNanos, s.nodeTimeoutNanos()), s.ingress(), s.entry(),
                s.localRoute(), s.nodesOwn() && (named(base) || given().isEmpty()),
                controller == null ? s.controller() : controller.over(s.controller()),
                s.registration(), s.vendor(), orElse(proxyProtocol, s.proxyProtocol()),
                orElse(allowedRanges, s.allowedRanges()),
                targeting == null ? s.targeting() : targeting.over(s.targeting()),
                instance == null ? s.instance() : instance.over(s.instance())),
                given(), from);
    }

    /** These keys, and where they say nothing the others. */
    public LoadBalancerKeys merged(LoadBalancerKeys others) {
        return new LoadBalancerKeys(
                either(profile, others.profile),
                either(backends, others.backends),
                either(clientIP, others.clientIP),
                either(loopAvoidance, others.loopAvoidance),
                either(scheduler, others.scheduler),
                healthCheck == null ? others.healthCheck : healthCheck.merged(others.healthCheck),
                either(allUnhealthy, others.allUnhealthy),
                either(destination, others.destination),
                either(deregistrationDelayNanos, others.deregistrationDelayNanos),
                either(idleTimeoutNanos, others.idleTimeoutNanos),
                sessions == null ? others.sessions : sessions.merged(others.sessions),
                either(sourceRanges, others.sourceRanges),
                either(access, others.access),
                either(nodeTimeoutNanos, others.nodeTimeoutNanos),
                either(proxyProtocol, others.proxyProtocol),
                controller == null ? others.controller : controller.merged(others.controller),
                either(allowedRanges, others.allowedRanges),
                targeting == null ? others.targeting : targeting.merged(others.targeting),
                instance == null ? others.instance : instance.merged(others.instance));
    }

    /** These keys with another profile. */
    LoadBalancerKeys withProfile(@Nullable String changed) {
        return ofProfile(changed).merged(new LoadBalancerKeys(null, backends, clientIP,
                loopAvoidance, scheduler, healthCheck, allUnhealthy, destination,
                deregistrationDelayNanos, idleTimeoutNanos, sessions, sourceRanges, access,
                nodeTimeoutNanos, proxyProtocol, controller, allowedRanges, targeting, instance));
    }

    private Set<LoadBalancerKey> given() {
        Set<LoadBalancerKey> given = EnumSet.noneOf(LoadBalancerKey.class);
        note(given, LoadBalancerKey.BACKENDS, backends);
        note(given, LoadBalancerKey.CLIENT_IP, clientIP);
        note(given, LoadBalancerKey.LOOP_AVOIDANCE, loopAvoidance);
        note(given, LoadBalancerKey.SCHEDULER, scheduler);
        if (healthCheck != null) {
            note(given, LoadBalancerKey.HEALTH_CHECK, healthCheck.rhythm());
            note(given, LoadBalancerKey.QUESTION, healthCheck.question());
        }
        note(given, LoadBalancerKey.ALL_UNHEALTHY, allUnhealthy);
        note(given, LoadBalancerKey.DESTINATION, destination);
        note(given, LoadBalancerKey.DEREGISTRATION_DELAY, deregistrationDelayNanos);
        note(given, LoadBalancerKey.IDLE_TIMEOUT, idleTimeoutNanos);
        if (sessions != null) {
            note(given, LoadBalancerKey.UNHEALTHY, sessions.unhealthy());
            note(given, LoadBalancerKey.REMOVED, sessions.removed());
            note(given, LoadBalancerKey.CHANGED, sessions.changed());
            note(given, LoadBalancerKey.IDLE, sessions.idle());
            note(given, LoadBalancerKey.DELETED, sessions.deleted());
        }
        note(given, LoadBalancerKey.SOURCE_RANGES, sourceRanges);
        note(given, LoadBalancerKey.ACCESS, access);
        note(given, LoadBalancerKey.NODE_TIMEOUT, nodeTimeoutNanos);
        note(given, LoadBalancerKey.CONTROLLER, controller);
        return given;
    }

    private static void note(Set<LoadBalancerKey> given, LoadBalancerKey key,
            @Nullable Object value) {
        if (value != null) {
            given.add(key);
        }
    }

    static <T> T orElse(@Nullable T value, T other) {
        return value == null ? other : value;
    }

    static <T> @Nullable T either(@Nullable T value, @Nullable T other) {
        return value == null ? other : value;
    }

    /** How the cloud controller works; null: what the profile says. */
    public record ControllerKeys(
            @Key(value = "From a call of the cloud's API to its effect: a listener, a set of"
                    + " targets. Nobody documents it, so that it is assumed.",
                    otherwise = PROFILE)
            @Nullable Long apiLatencyNanos,
            @Key(value = "The same for a new instance.",
                    otherwise = PROFILE)
            @Nullable Long provisioningNanos,
            @Key(value = "From one look at what others changed in the cloud to the next; 0s: it"
                    + " never looks by itself.",
                    otherwise = PROFILE)
            @Nullable Long resyncNanos,
            @Key(value = "What becomes of the instance of a Service that asks for another access"
                    + " (public, internal, an existing instance): `rebuild` gives it up and makes"
                    + " another, with another address; `refuse` leaves it as it is.",
                    otherwise = PROFILE)
            @Nullable AccessSwitch accessSwitch) {

        ControllerKeys merged(@Nullable ControllerKeys others) {
            return others == null ? this
                    : new ControllerKeys(
                            either(apiLatencyNanos, others.apiLatencyNanos),
                            either(provisioningNanos, others.provisioningNanos),
                            either(resyncNanos, others.resyncNanos),
                            either(accessSwitch, others.accessSwitch));
        }

        ControllerSettings over(ControllerSettings profile) {
            return new ControllerSettings(
                    orElse(apiLatencyNanos, profile.apiLatencyNanos()),
                    orElse(provisioningNanos, profile.provisioningNanos()),
                    orElse(resyncNanos, profile.resyncNanos()),
                    orElse(accessSwitch, profile.accessSwitch()));
        }
    }
}
