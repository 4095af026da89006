package dev.podhop.k8s.controller;

import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Divides endpoints among slices so that as few slices as possible change
 * ({@code reconcileByPortMapping}): an endpoint stays where it is; new ones go to slices that
 * change anyhow, then all together to one that has room for them, then to new slices.
 */
final class SlicePacker {

    static final int MAX_ENDPOINTS = 100;

    private SlicePacker() {}

    /** A slice to be. */
    static final class Part {
        /** Null until one is found. */
        @Nullable String name;
        final List<EndpointPort> ports;
        final List<Endpoint> endpoints = new ArrayList<>();
        private boolean changed;

        Part(@Nullable String name, List<EndpointPort> ports) {
            this.name = name;
            this.ports = ports;
        }

        int room() {
            return MAX_ENDPOINTS - endpoints.size();
        }
    }

    /**
     * The slices for endpoints with the same ports.
     *
     * @param existing the slices with those ports as they are
     */
    static List<Part> pack(List<EndpointPort> ports, List<Endpoint> endpoints,
            List<EndpointSlice> existing) {
        Map<String, Endpoint> left = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> left.put(key(endpoint), endpoint));
        List<Part> parts = new ArrayList<>();
        for (EndpointSlice slice : existing) {
            Part part = keep(slice, left);
            if (!part.endpoints.isEmpty()) {
                parts.add(part);
            }
        }
        List<Endpoint> added = new ArrayList<>(left.values());
        parts.stream().filter(part -> part.changed).forEach(part -> fill(part, added));
        if (!added.isEmpty()) {
            parts.stream().filter(part -> part.room() >= added.size())
                    .max((a, b) -> Integer.compare(a.endpoints.size(), b.endpoints.size()))
                    .ifPresent(part -> fill(part, added));
        }
        while (!added.isEmpty()) {
            Part part = new Part(null, ports);
            fill(part, added);
            parts.add(part);
        }
        return parts;
    }

    /** What of a slice is still wanted, as it is wanted now. */
    private static Part keep(EndpointSlice slice, Map<String, Endpoint> left) {
        Part part = new Part(slice.metadata().name(), slice.ports());
        for (Endpoint known : slice.endpoints()) {
            Endpoint wanted = left.remove(key(known));
            part.changed |= wanted == null
                    || !wanted.withHints(List.of(), List.of())
                            .equals(known.withHints(List.of(), List.of()));
            if (wanted != null) {
                part.endpoints.add(wanted);
            }
        }
        return part;
    }

    private static void fill(Part part, List<Endpoint> added) {
        List<Endpoint> first =
                added.subList(0, Math.min(added.size(), part.room()));
        part.endpoints.addAll(first);
        first.clear();
    }

    private static String key(Endpoint endpoint) {
        return endpoint.addresses().getFirst()
                + (endpoint.targetRef() == null ? "" : " " + endpoint.targetRef().name());
    }
}
