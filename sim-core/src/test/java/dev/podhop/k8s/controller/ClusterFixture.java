package dev.podhop.k8s.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.TestManifests;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.Cidr;
import java.util.List;
import java.util.stream.Collectors;

/** A cluster that settles after each change, and words for what it then looks like. */
final class ClusterFixture {

    final Problems problems = new Problems();
    final ApiStore store;
    private final Controllers controllers;

    ClusterFixture(int minorVersion) {
        store = new ApiStore(new Admission(
                List.of(Cidr.of("10.96.0.0/16"), Cidr.of("fd00:96::/112")), minorVersion));
        controllers = new Controllers(store, 42, minorVersion);
    }

    ClusterFixture load(String manifests) {
        store.load(TestManifests.parse(manifests), problems);
        return settle();
    }

    ClusterFixture apply(String manifest) {
        TestManifests.parse(manifest).forEach(object -> store.apply(object, problems));
        return settle();
    }

    ClusterFixture patch(String target, String patch) {
        assertThat(store.patch(key(target), TestManifests.tree(patch), problems))
                .as("%s", problems.all()).isTrue();
        return settle();
    }

    ClusterFixture delete(String target) {
        assertThat(store.delete(key(target))).isTrue();
        return settle();
    }

    private ClusterFixture settle() {
        controllers.settle(problems);
        return this;
    }

    private static ObjectKey key(String target) {
        String[] parts = target.split("/");
        ApiKind kind = ApiKind.ofWord(parts[0]).orElseThrow();
        return new ObjectKey(kind, kind.namespaced() ? "default" : "", parts[1]);
    }

    List<Pod> pods() {
        return store.list(Pod.class);
    }

    /** Pods as {@code name node address}. */
    List<String> podLines() {
        return pods().stream().map(pod -> pod.metadata().name() + " " + pod.spec().nodeName() + " "
                + String.join(",", pod.status().podIPs())).toList();
    }

    /** A Service's endpoints as {@code address:ports state zone [hints]}, slices by " | ". */
    String endpoints(String service) {
        return slices(service).stream().map(ClusterFixture::line)
                .collect(Collectors.joining(" | "));
    }

    List<EndpointSlice> slices(String service) {
        return store.list(EndpointSlice.class).stream()
                .filter(slice -> slice.serviceName().equals(service)).toList();
    }

    private static String line(EndpointSlice slice) {
        String ports = slice.ports().stream().map(EndpointPort::port).map(String::valueOf)
                .collect(Collectors.joining("+"));
        return slice.endpoints().stream()
                .map(e -> e.addresses().get(0) + ":" + ports + state(e) + hints(e))
                .collect(Collectors.joining(", "));
    }

    private static String state(Endpoint endpoint) {
        return (endpoint.isReady() ? "" : " unready")
                + (endpoint.isServing() || endpoint.isReady() ? "" : " dead")
                + (endpoint.isTerminating() ? " terminating" : "");
    }

    private static String hints(Endpoint endpoint) {
        String hints = String.join("+", endpoint.hintedZones())
                + (endpoint.hintedNodes().isEmpty()
                        ? ""
                        : "+" + String.join("+", endpoint.hintedNodes()));
        return hints.isEmpty() ? "" : " for " + hints;
    }
}
