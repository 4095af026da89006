package dev.podhop.scenario;

import static dev.podhop.scenario.LoadBalancerKeys.orElse;

import dev.podhop.cloud.SessionRules;
import dev.podhop.cloud.SessionRules.Fate;
import dev.podhop.cloud.SessionRules.Fates;
import org.jspecify.annotations.Nullable;

/** What becomes of connections under way; null: what the profile says. */
public record SessionKeys(
        @Key(value = "Where the target fails its health check while another passes.",
                otherwise = LoadBalancerKeys.PROFILE)
        @Nullable FateKeys unhealthy,
        @Key(value = "Where the target has been removed for as long as the deregistrationDelay.",
                otherwise = LoadBalancerKeys.PROFILE)
        @Nullable FateKeys removed,
        @Key(value = "Where other targets come or go.",
                otherwise = LoadBalancerKeys.PROFILE)
        @Nullable FateKeys changed,
        @Key(value = "What the first packet after the idleTimeout meets.",
                otherwise = LoadBalancerKeys.PROFILE)
        @Nullable FateKeys idle,
        @Key(value = "Where the listener goes.",
                otherwise = LoadBalancerKeys.PROFILE)
        @Nullable FateKeys deleted) {

    SessionKeys merged(@Nullable SessionKeys others) {
        return others == null ? this
                : new SessionKeys(merged(unhealthy, others.unhealthy),
                        merged(removed, others.removed), merged(changed, others.changed),
                        merged(idle, others.idle), merged(deleted, others.deleted));
    }

    private static @Nullable FateKeys merged(@Nullable FateKeys own, @Nullable FateKeys others) {
        return own == null || others == null ? own == null ? others : own
                : new FateKeys(LoadBalancerKeys.either(own.tcp, others.tcp),
                        LoadBalancerKeys.either(own.udp, others.udp));
    }

    SessionRules over(SessionRules profile) {
        return new SessionRules(over(unhealthy, profile.unhealthy()),
                over(removed, profile.removed()), over(changed, profile.changed()),
                over(idle, profile.idle()), over(deleted, profile.deleted()),
                profile.udpAtOnce());
    }

    private static Fates over(@Nullable FateKeys keys, Fates profile) {
        return keys == null ? profile
                : new Fates(orElse(keys.tcp, profile.tcp()), orElse(keys.udp, profile.udp()));
    }

    /** By protocol; null: what the profile says. */
    public record FateKeys(
            @Key(value = "kept: they go on; reset: the client's next packet is answered by a"
                    + " reset; moved: forgotten, so that the next packet goes to whoever is chosen"
                    + " now; dropped: the client's next packets get no answer.",
                    otherwise = LoadBalancerKeys.PROFILE)
            @Nullable Fate tcp,
            @Key(value = "The same; reset moves, for want of one.",
                    otherwise = LoadBalancerKeys.PROFILE)
            @Nullable Fate udp) {}
}
