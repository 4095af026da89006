package dev.podhop.k8s.controller;

import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Divides endpoints among slices so that as few slices as possible change
 * ({@code reconcileByPortMapping}): an endpoint stays where it is; new ones fill slices that change
 * anyhow, the fullest first; what is left goes to new slices, a hundred at a time, and the rest to
 * the fullest slice that takes all of it.
 */
final class SlicePacker {

    static final int MAX_ENDPOINTS = 100;

    private static final Comparator<Part> FULLEST_FIRST =
            Comparator.comparingInt((Part part) -> part.endpoints.size()).reversed();

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
        parts.stream().filter(part -> part.changed).sorted(FULLEST_FIRST)
                .forEach(part -> fill(part, added));
        while (!added.isEmpty()) {
            Part part = fullestFor(added.size(), parts).orElseGet(() -> {
                Part another = new Part(null, ports);
                parts.add(another);
                return another;
            });
            fill(part, added);
        }
        return parts;
    }

    /** {@code getSliceToFill}: what does not fill a slice goes to one that takes it all. */
    private static Optional<Part> fullestFor(int endpoints, List<Part> parts) {
        return endpoints >= MAX_ENDPOINTS ? Optional.empty()
                : parts.stream().filter(part -> part.room() >= endpoints).min(FULLEST_FIRST);
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
