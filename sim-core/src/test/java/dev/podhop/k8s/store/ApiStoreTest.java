package dev.podhop.k8s.store;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.parse;
import static dev.podhop.k8s.TestManifests.pod;
import static dev.podhop.k8s.TestManifests.service;
import static dev.podhop.k8s.TestManifests.tree;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiStoreTest {

    private static final ObjectKey WEB = new ObjectKey(ApiKind.SERVICE, "default", "web");

    private final Problems problems = new Problems();
    private final ApiStore store =
            new ApiStore(new Admission(List.of(Cidr.of("10.96.0.0/16")), 30));

    @Test
    void objectsAreListedAsTheyCame() {
        load(pod("b", "app: a", "", "") + nodes(2) + pod("a", "app: a", "", ""));

        assertThat(store.list(Pod.class)).extracting(p -> p.metadata().name())
                .containsExactly("b", "a");
        assertThat(store.get(Node.class, "", "n2").internalAddresses()).hasToString("[10.0.0.12]");
        assertThat(store.get(Pod.class, "other", "a")).isNull();
    }

    @Test
    void everyWriteIsHeardOnceInOrderAndInVersions() {
        List<String> heard = new ArrayList<>();
        store.subscribe(event -> {
            heard.add("first " + event.resourceVersion() + " " + event.key());
            if (event.key().name().equals("a")) {
                store.delete(event.key());
            }
        });
        store.subscribe(event -> heard.add("second " + event.resourceVersion() + " "
                + (event.isDeletion() ? "gone" : "there")));

        load(pod("a", "app: a", "", ""));

        assertThat(heard).as("a write made by a listener waits until all have heard of the last")
                .containsExactly("first 1 pod/a", "second 1 there", "first 2 pod/a",
                        "second 2 gone");
    }

    @Test
    void aWriteThatChangesNothingIsNone() {
        load(service("web", "ports: [{port: 80}]"));
        long before = store.resourceVersion();

        store.apply(parse(service("web", "ports: [{port: 80}]")).get(0), problems);
        store.put(store.get(WEB));

        assertThat(store.resourceVersion()).isEqualTo(before);
    }

    @Test
    void anApplyKeepsWhatWasAllocated() {
        load(service("web", "type: LoadBalancer, externalTrafficPolicy: Local, ports:"
                + " [{name: http, port: 80}]"));
        ServiceSpec before = web().spec();

        store.apply(parse(service("web", "type: LoadBalancer, externalTrafficPolicy: Local, ports:"
                + " [{name: http, port: 8080}, {name: more, port: 81}]")).get(0), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(web().spec().clusterIP()).isEqualTo(before.clusterIP());
        assertThat(web().spec().healthCheckNodePort()).isEqualTo(before.healthCheckNodePort());
        assertThat(web().spec().ports().get(0).nodePort())
                .isEqualTo(before.ports().get(0).nodePort());
        assertThat(web().spec().ports().get(1).nodePort()).isGreaterThan(30000);
    }

    @Test
    void anApplyKeepsAPodWhereItIs() {
        load(nodes(1) + pod("a", "app: a", "nodeName: n1", "podIP: 10.244.1.5"));

        store.apply(parse(pod("a", "app: b", "", "").replace("status: {}", "")).get(0), problems);

        assertThat(problems.all()).isEmpty();
        Pod pod = store.get(Pod.class, "default", "a");
        assertThat(pod.metadata().label("app")).isEqualTo("b");
        assertThat(pod.spec().nodeName()).isEqualTo("n1");
        assertThat(pod.status().podIP()).isEqualTo("10.244.1.5");
    }

    @Test
    void aPatchMergesAndWhatTheNewTypeHasNoUseForGoes() {
        load(service("web", "type: LoadBalancer, externalTrafficPolicy: Local, ports:"
                + " [{port: 80}]"));
        patch("status: {loadBalancer: {ingress: [{ip: 198.51.100.7}]}}");
        assertThat(web().ingress()).singleElement().extracting("ipMode").isEqualTo("VIP");
        patch("status: {loadBalancer: {ingress: [{ip: 198.51.100.7, ipMode: Proxy}]}}");
        assertThat(web().ingress()).singleElement().extracting("ipMode").isEqualTo("Proxy");

        patch("spec: {externalTrafficPolicy: Cluster}");
        assertThat(web().spec().healthCheckNodePort()).isZero();
        patch("spec: {type: ClusterIP}");

        assertThat(problems.all()).isEmpty();
        ServiceSpec spec = web().spec();
        assertThat(spec.ports().get(0).nodePort()).isZero();
        assertThat(spec.allocateLoadBalancerNodePorts()).isNull();
        assertThat(spec.externalTrafficPolicy()).isEmpty();
        assertThat(web().ingress()).isEmpty();
    }

    @Test
    void whatWasGivenBackCanBeHadAgain() {
        load(service("web", "clusterIP: 10.96.0.5, type: NodePort, ports:"
                + " [{port: 80, nodePort: 30001}]") + pod("a", "app: a", "", "podIP: 10.244.1.5"));

        store.delete(WEB);
        store.delete(new ObjectKey(ApiKind.POD, "default", "a"));
        load(service("api", "clusterIP: 10.96.0.5, type: NodePort, ports:"
                + " [{port: 80, nodePort: 30001}]") + pod("b", "app: a", "", "podIP: 10.244.1.5"));

        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aRefusedChangeChangesNothing() {
        load(service("web", "clusterIP: 10.96.0.5, type: NodePort, ports:"
                + " [{port: 80, nodePort: 30001}]"));
        Service before = web();

        assertThat(patch("spec: {clusterIP: 10.96.0.6, ports: [{port: 0}]}")).isFalse();

        assertThat(problems.all()).extracting(Problem::path).contains("spec.clusterIPs[0]",
                "spec.ports[0].port");
        assertThat(web()).isSameAs(before);
        load(service("thief", "clusterIP: 10.96.0.5, ports: [{port: 80}]")
                + service("free", "clusterIP: 10.96.0.6, ports: [{port: 80}]"));
        assertThat(store.get(Service.class, "default", "thief")).isNull();
        assertThat(store.get(Service.class, "default", "free")).isNotNull();
    }

    @Test
    void aPatchIsHeldAgainstTheApiAndAgainstWhatMayChange() {
        load(pod("a", "app: a", "nodeName: n1", "") + nodes(1));
        ObjectKey pod = new ObjectKey(ApiKind.POD, "default", "a");

        store.patch(pod, tree("spec: {nodename: n2}"), problems);
        store.patch(pod, tree("spec: {nodeName: n2}"), problems);
        store.patch(pod, tree("metadata: {name: b}"), problems);
        store.patch(new ObjectKey(ApiKind.POD, "default", "aa"), tree("spec: {}"), problems);

        assertThat(problems.all()).extracting(Problem::toString).satisfiesExactlyInAnyOrder(
                p -> assertThat(p).contains("unknown field \"spec.nodename\"")
                        .endsWith("did you mean \"nodeName\"?"),
                p -> assertThat(p).contains("spec: Forbidden: pod updates may not change"),
                p -> assertThat(p).contains("another name, pod/b"),
                p -> assertThat(p).contains("found no pod/aa").endsWith("\"a\"?"));
        assertThat(store.patch(pod, tree("status: {podIP: 10.244.1.9}"), problems)).isTrue();
    }

    private Service web() {
        return (Service) store.get(WEB);
    }

    private boolean patch(String patch) {
        return store.patch(WEB, tree(patch), problems);
    }

    private void load(String manifests) {
        store.load(parse(manifests), problems);
    }
}
