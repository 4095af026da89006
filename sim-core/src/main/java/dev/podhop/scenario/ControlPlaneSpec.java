package dev.podhop.scenario;

import dev.podhop.engine.Delay;

/** How long the control plane takes for what; nothing of it happens at once. */
public record ControlPlaneSpec(
        @Key(value = "From a write to a watcher's hearing of it, drawn for each watcher.",
                byDefault = "2ms..10ms")
        Delay watchDelay,
        @Key(value = "What a sync of kube-proxy's rules takes.",
                otherwise = "each key's default")
        RuleSyncSpec ruleSync) {}
