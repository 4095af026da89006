package dev.podhop.scenario;

import dev.podhop.engine.Delay;

/** What a sync of kube-proxy's rules takes: a base, and so much for every rule it writes. */
public record RuleSyncSpec(
        @Key(value = "Of any sync: processes that read and write the tables. With watchDelay the"
                + " default gives what was measured from an endpoint's removal to the rules'"
                + " (kube-proxy 1.30 on an idle node: 37 to 125 ms).",
                byDefault = "30ms..115ms")
        Delay base,
        @Key(value = "More for each rule written: since 1.27 one for each way to a Service, and of"
                + " what changed since the last sync three for each endpoint. The default is that"
                + " of k/k#138073: 38,841 rules in 2.84 s.",
                byDefault = "73us")
        long perRuleNanos) {}
