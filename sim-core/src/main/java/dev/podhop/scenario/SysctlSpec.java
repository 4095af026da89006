package dev.podhop.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sysctls by full dotted name, values as written.
 *
 * @param nodes every node's
 * @param pods every pod's
 */
public record SysctlSpec(Map<String, String> nodes, Map<String, String> pods) {

    /** The kernel's defaults everywhere. */
    public static final SysctlSpec NONE = new SysctlSpec(Map.of(), Map.of());

    public SysctlSpec {
        nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
        pods = Collections.unmodifiableMap(new LinkedHashMap<>(pods));
    }
}
