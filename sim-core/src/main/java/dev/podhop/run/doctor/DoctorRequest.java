package dev.podhop.run.doctor;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the doctor is to look at.
 *
 * @param namespace of the Services; null: of all
 * @param service of that name only; null: all
 * @param atNanos when, in virtual time; empty: before anything happens
 * @param whatIf what is tried besides
 */
public record DoctorRequest(@Nullable String namespace, @Nullable String service,
        OptionalLong atNanos, List<WhatIf> whatIf) {

    /** Everything, before anything happens. */
    public static final DoctorRequest ALL =
            new DoctorRequest(null, null, OptionalLong.empty(), List.of());

    public DoctorRequest {
        whatIf = List.copyOf(whatIf);
    }
}
