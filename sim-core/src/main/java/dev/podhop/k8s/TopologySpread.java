package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of {@code spec.topologySpreadConstraints} of a Pod.
 *
 * @param maxSkew by how many a domain's pods may exceed the emptiest domain's
 * @param topologyKey the label whose values are the domains
 * @param required whether a node that would break it is refused ({@code DoNotSchedule}), or only
 *     liked less
 * @param selector which pods count; null counts none
 * @param minDomains below so many domains the emptiest one counts as empty; null means 1
 * @param honorsAffinity whether only nodes that the pod's affinity takes are domains
 * @param honorsTaints whether nodes with a taint that the pod does not tolerate are none
 * @param matchLabelKeys labels whose value must be the pod's own for a pod to count
 */
public record TopologySpread(int maxSkew, String topologyKey, boolean required,
        @Nullable LabelSelector selector, @Nullable Integer minDomains, boolean honorsAffinity,
        boolean honorsTaints, List<String> matchLabelKeys) {

    static TopologySpread read(ObjectReader spread) {
        return new TopologySpread(spread.integer("maxSkew"), spread.text("topologyKey"),
                !spread.text("whenUnsatisfiable").equals("ScheduleAnyway"),
                spread.objectOrNull("labelSelector", LabelSelector::read),
                spread.integerOrNull("minDomains"),
                !spread.text("nodeAffinityPolicy").equals("Ignore"),
                spread.text("nodeTaintsPolicy").equals("Honor"), spread.texts("matchLabelKeys"));
    }
}
