package dev.podhop.scenario.form;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.netstack.Sysctls;
import dev.podhop.scenario.SysctlSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sysctls by full name, the nodes' beside a mapping {@code pods} with the pods'. */
public record SysctlForm() implements Form<SysctlSpec> {

    public static final String PODS = "pods";

    @Override
    public @Nullable SysctlSpec read(YamlNode node, FieldPath path, Reading reading) {
        if (!(node instanceof Mapping mapping)) {
            reading.problems().unexpected(node.location(), path.toString(), node.describe(),
                    words());
            return null;
        }
        Map<String, String> pods = Map.of();
        YamlNode podValues = mapping.get(PODS);
        if (podValues instanceof Mapping below) {
            pods = readValues(below, path.child(PODS), reading);
        } else if (podValues != null) {
            reading.problems().unexpected(podValues.location(), path.child(PODS).toString(),
                    podValues.describe(), "a mapping of the pods' sysctls");
        }
        return new SysctlSpec(readValues(mapping.without(PODS), path, reading), pods);
    }

    @Override
    public SysctlSpec absent(Reading reading) {
        return SysctlSpec.NONE;
    }

    /** A misspelt sysctl would be kept and have no effect, as on a node; here it is told. */
    private static Map<String, String> readValues(Mapping mapping, FieldPath path,
            Reading reading) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Entry entry : mapping.entries()) {
            FieldPath place = path.key(entry.key());
            if (!SysctlNames.isKnown(entry.key())) {
                reading.problems().unexpected(entry.keyLocation(), place.toString(),
                        "the unknown sysctl \"" + entry.key() + "\"",
                        "a network sysctl of Linux, such as net.ipv4.conf.all.rp_filter",
                        Spelling.nearest(entry.key(), SysctlNames.like(entry.key()))
                                .orElse(null));
            } else if (entry.value() instanceof Scalar value && isSettable(entry.key(), value)) {
                values.put(entry.key(), value.text());
            } else {
                reading.problems().unexpected(entry.value().location(), place.toString(),
                        entry.value().describe(), "a value that Linux takes, such as 0 or 1");
            }
        }
        return values;
    }

    /** Whether the modelled kernel takes the value. */
    private static boolean isSettable(String name, Scalar value) {
        if (value.kind() != Scalar.Kind.INT && value.kind() != Scalar.Kind.STRING) {
            return false;
        }
        try {
            new Sysctls().set(name, value.text());
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    @Override
    public String words() {
        return "a mapping of sysctls' names to values";
    }
}
