package dev.podhop.scenario;

import dev.podhop.engine.Delay;

/** What a sync of kube-proxy's rules takes: a base, and so much for every endpoint. */
public record RuleSyncSpec(
        @Key(value = "In a small cluster: two tables read and written by processes of their own.",
                byDefault = "30ms..115ms")
        Delay base,
        @Key(value = "More for each endpoint of the cluster (k/k#138073: 2.84 s at 138,792"
                + " endpoints, a partial sync).",
                byDefault = "20us")
        long perEndpointNanos) {}
