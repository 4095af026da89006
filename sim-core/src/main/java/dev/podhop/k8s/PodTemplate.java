package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.Map;

/**
 * What a workload makes its pods from.
 *
 * @param source the template's {@code metadata} and {@code spec}
 */
public record PodTemplate(Map<String, String> labels, PodSpec spec, Mapping source) {

    static PodTemplate read(ObjectReader template) {
        return new PodTemplate(template.object("metadata").map("labels"),
                PodSpec.read(template.object("spec")), template.mapping());
    }
}
