package dev.podhop.scenario;

import static dev.podhop.scenario.LoadBalancerKeys.either;
import static dev.podhop.scenario.LoadBalancerKeys.orElse;

import dev.podhop.cloud.InstanceChoice;
import org.jspecify.annotations.Nullable;

/** Which instance or address a Service asks for, as TKE and MetalLB let it; null: its own. */
public record InstanceKeys(
        @Key(value = "The id of one that somebody has bought before.",
                otherwise = "one is made")
        @Nullable String existing,
        @Key(value = "The subnet of an internal one.",
                otherwise = "none")
        @Nullable String subnet,
        @Key(value = "Whether other Services may have listeners on an existing one.",
                otherwise = "false")
        @Nullable Boolean shared,
        @Key(value = "Services with the same key may share an address, if their ports differ and,"
                + " with policy Local, their selectors do not (MetalLB's allow-shared-ip).",
                otherwise = "none: it shares its address with nobody")
        @Nullable String sharingKey) {

    InstanceKeys merged(@Nullable InstanceKeys others) {
        return others == null ? this
                : new InstanceKeys(either(existing, others.existing),
                        either(subnet, others.subnet), either(shared, others.shared),
                        either(sharingKey, others.sharingKey));
    }

    InstanceChoice over(InstanceChoice base) {
        return new InstanceChoice(orElse(existing, base.existing()),
                orElse(subnet, base.subnet()), orElse(shared, base.shared()),
                orElse(sharingKey, base.sharingKey()));
    }
}
