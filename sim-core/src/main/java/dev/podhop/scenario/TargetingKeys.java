package dev.podhop.scenario;

import static dev.podhop.scenario.LoadBalancerKeys.either;
import static dev.podhop.scenario.LoadBalancerKeys.orElse;

import dev.podhop.cloud.Targeting;
import dev.podhop.cloud.Targeting.LocalNodes;
import dev.podhop.cloud.Targeting.NodeWeights;
import org.jspecify.annotations.Nullable;

/** Which nodes a Service asks for, and with what weights; null: as everywhere. */
public record TargetingKeys(
        @Key(value = "A label selector: only such nodes are bound. One that matches none empties"
                + " the listener.",
                otherwise = "every node")
        @Nullable String nodes,
        @Key(value = "Where the policy is Local: withEndpoints binds only nodes with an endpoint.",
                otherwise = "all, and the health check sorts them out")
        @Nullable LocalNodes localNodes,
        @Key(value = "Where the policy is Local: endpoints makes a node weigh as much as it has"
                + " endpoints.",
                otherwise = "equal")
        @Nullable NodeWeights nodeWeights,
        @Key(value = "What backends weigh, in the JSON of TKE's annotation `lb-rs-weight`.",
                otherwise = "the profile's weight")
        @Nullable String weights) {

    TargetingKeys merged(@Nullable TargetingKeys others) {
        return others == null ? this
                : new TargetingKeys(either(nodes, others.nodes),
                        either(localNodes, others.localNodes),
                        either(nodeWeights, others.nodeWeights),
                        either(weights, others.weights));
    }

    Targeting over(Targeting base) {
        return new Targeting(orElse(nodes, base.nodes()), orElse(localNodes, base.localNodes()),
                orElse(nodeWeights, base.nodeWeights()), orElse(weights, base.weights()));
    }
}
