package dev.podhop.run.doctor;

import dev.podhop.nodedump.NodeDump;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor is to look at.
 *
 * @param namespace of the Services; null: of all
 * @param service of that name only; null: all
 * @param atNanos when, in virtual time; empty: before anything happens
 * @param whatIf what is tried besides
 * @param nodes what the tools of nodes print, by the node's name
 */
public record DoctorRequest(@Nullable String namespace, @Nullable String service,
        OptionalLong atNanos, List<WhatIf> whatIf, Map<String, NodeDump> nodes) {

    /** Everything, before anything happens. */
    public static final DoctorRequest ALL =
            new DoctorRequest(null, null, OptionalLong.empty(), List.of(), Map.of());

    public DoctorRequest {
        whatIf = List.copyOf(whatIf);
        nodes = Map.copyOf(nodes);
    }
}
