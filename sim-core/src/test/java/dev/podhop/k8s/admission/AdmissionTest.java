package dev.podhop.k8s.admission;

import static dev.podhop.k8s.TestManifests.nodes;
import static dev.podhop.k8s.TestManifests.parse;
import static dev.podhop.k8s.TestManifests.pod;
import static dev.podhop.k8s.TestManifests.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.Cidr;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster gives its objects, and what it refuses. */
class AdmissionTest {

    private final Problems problems = new Problems();

    @Test
    void whatIsLeftOpenIsAllocatedAndWhatIsAskedForIsGranted() {
        List<Service> services = admitted(single(), service("free", "ports: [{port: 80}]")
                + service("asked", "clusterIP: 10.96.1.1, ports: [{port: 80}]")
                + service("node", "type: NodePort, ports: [{port: 80}]")
                + service("local", "type: LoadBalancer, externalTrafficPolicy: Local,"
                        + " ports: [{name: a, port: 80, nodePort: 30086}, {name: b, port: 81}]"));

        assertThat(problems.all()).isEmpty();
        assertThat(services).extracting(s -> s.spec().clusterIP()).as("what a later one asks for is"
                + " not given to an earlier one").containsExactly("10.96.1.2", "10.96.1.1",
                        "10.96.1.3", "10.96.1.4");
        assertThat(services.get(0).spec().ipFamilies()).containsExactly("IPv4");
        assertThat(services.get(0).spec().ipFamilyPolicy()).isEqualTo("SingleStack");
        assertThat(nodePorts(services.get(2))).containsExactly(30087);
        assertThat(nodePorts(services.get(3))).containsExactly(30086, 30088);
        assertThat(services.get(3).spec().healthCheckNodePort()).isEqualTo(30089);
        assertThat(services.get(3).locationOf(FieldPath.of("spec", "ports")
                .index(0).child("nodePort"))).as("what is in the file keeps its place")
                .hasToString("m.yaml:20:96");
    }

    @Test
    void onePortNumberUnderTwoProtocolsSharesANodePort() {
        Service dns = admitted(single(), service("dns", "type: NodePort, ports: [{name: u, port:"
                + " 53, protocol: UDP, nodePort: 30053}, {name: t, port: 53, protocol: TCP}]"))
                .get(0);

        assertThat(nodePorts(dns)).containsExactly(30053, 30053);
    }

    @Test
    void noNodePortsWhereALoadBalancerNeedsNone() {
        Service direct = admitted(single(), service("direct",
                "type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{port: 80}]"))
                .get(0);

        assertThat(nodePorts(direct)).containsExactly(0);
    }

    @ParameterizedTest(name = "{0} in a {1} cluster: {2} {3}")
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "ports: [{port: 80}] | dual | IPv4 | SingleStack",
        "ipFamilies: [IPv6], ports: [{port: 80}] | dual | IPv6 | SingleStack",
        "ipFamilyPolicy: PreferDualStack, ports: [{port: 80}] | dual | IPv4, IPv6"
                + " | PreferDualStack",
        "ipFamilyPolicy: PreferDualStack, ports: [{port: 80}] | single | IPv4"
                + " | PreferDualStack",
        "ipFamilyPolicy: RequireDualStack, ipFamilies: [IPv6], ports: [{port: 80}] | dual"
                + " | IPv6, IPv4 | RequireDualStack",
        "clusterIP: None, selector: {a: b} | dual | IPv4 | SingleStack",
        "clusterIP: None | single | IPv4, IPv6 | RequireDualStack"})
    void familiesAreSettled(String spec, String cluster, String families, String policy) {
        Service service =
                admitted(cluster.equals("dual") ? dual() : single(), service("web", spec)).get(0);

        assertThat(String.join(", ", service.spec().ipFamilies())).isEqualTo(families);
        assertThat(service.spec().ipFamilyPolicy()).isEqualTo(policy);
        assertThat(service.spec().clusterIPs())
                .hasSize(service.spec().isHeadless() ? 1 : service.spec().ipFamilies().size());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "clusterIP: 10.200.0.1, ports: [{port: 80}] | spec.clusterIPs: Invalid value:"
                + " []string{\"10.200.0.1\"}: failed to allocate IP 10.200.0.1: the provided IP"
                + " (10.200.0.1) is not in the valid range. The range of valid IPs is"
                + " 10.96.0.0/16",
        "clusterIP: 10.96.0.0, ports: [{port: 80}] | is not in the valid range",
        "clusterIP: 10.96.255.255, ports: [{port: 80}] | is not in the valid range",
        "clusterIP: 10.96.0.1, ports: [{port: 80}] | provided IP is already allocated",
        "type: NodePort, ports: [{port: 80, nodePort: 80}] | spec.ports[0].nodePort: Invalid"
                + " value: 80: provided port is not in the valid range. The range of valid"
                + " ports is 30000-32767",
        "type: NodePort, ports: [{port: 80, nodePort: 30000}] | spec.ports[0].nodePort: Invalid"
                + " value: 30000: provided port is already allocated",
        "type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30000, ports:"
                + " [{port: 80}] | spec.healthCheckNodePort: Internal error occurred: failed to"
                + " allocate requested HealthCheck NodePort 30000: provided port is already"
                + " allocated",
        "ipFamilies: [IPv6], ports: [{port: 80}] | spec.ipFamilies[0]: Invalid value: \"IPv6\":"
                + " not configured on this cluster",
        "clusterIP: 'fd00::1', ports: [{port: 80}] | IPv6 is not configured on this cluster",
        "ipFamilyPolicy: RequireDualStack, ports: [{port: 80}] | spec.ipFamilyPolicy: Invalid"
                + " value: \"RequireDualStack\": this cluster is not configured for dual-stack"
                + " services"})
    void whatCannotBeHadIsRefused(String spec, String message) {
        String first = service("first",
                "type: NodePort, clusterIP: 10.96.0.1, ports: [{port: 80, nodePort: 30000}]");
        List<Service> services = admitted(single(), first + service("second", spec));

        assertThat(services).hasSize(1);
        assertThat(problems.all()).singleElement().asString().contains(message)
                .startsWith("m.yaml:10:");
    }

    @Test
    void anUpdateMaySharePortsThatANewServiceMayNot() {
        String shared = "type: NodePort, ports: [{name: t, port: 53, nodePort: 30053},"
                + " {name: u, port: 54, protocol: UDP, nodePort: 30053}]";
        Admission admission = single();
        Service old = admitted(admission, service("dns", "ports: [{port: 53}]")).get(0);

        Service service = (Service) admission.update(old,
                parse(service("dns", shared)).get(0), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(nodePorts(Objects.requireNonNull(service))).containsExactly(30053, 30053);
        admitted(single(), service("dns", shared));
        assertThat(problems.all()).singleElement().asString().contains("spec.ports[1].nodePort:"
                + " Invalid value: 30053: provided port is already allocated");
    }

    @Test
    void anUpdateGivesEachProtocolItsOwnNodePort() {
        String ports = "ports: [{name: t, port: 53}, {name: u, port: 53, protocol: UDP}]";
        Admission admission = single();
        Service old = admitted(admission, service("dns", ports)).get(0);

        Service service = (Service) admission.update(old,
                parse(service("dns", "type: NodePort, " + ports)).get(0), problems);

        assertThat(nodePorts(Objects.requireNonNull(service))).containsExactly(30086, 30087);
    }

    @ParameterizedTest(name = "{0}: first {1}")
    @CsvSource({"10.96.0.0/16, 10.96.1.1", "10.96.0.0/20, 10.96.1.1", "10.96.0.0/21, 10.96.0.129",
        "10.96.0.0/24, 10.96.0.17", "10.96.0.0/27, 10.96.0.17", "10.96.0.0/28, 10.96.0.1",
        "fd00::/112, fd00::101"})
    void aBandOfTheRangeIsKeptForThoseWhoAsk(String range, String first) {
        Admission admission = new Admission(List.of(Cidr.of(range)), 30);

        assertThat(admitted(admission, service("web", "ports: [{port: 80}]")).get(0).spec()
                .clusterIP()).isEqualTo(first);
    }

    @Test
    void aFullRangeIsTheServersOwnTrouble() {
        Admission admission = new Admission(List.of(Cidr.of("10.96.0.0/30")), 30);
        admitted(admission, service("a", "ports: [{port: 80}]")
                + service("b", "ports: [{port: 80}]") + service("c", "ports: [{port: 80}]"));

        assertThat(problems.all()).singleElement().asString().contains("spec.clusterIPs: Internal"
                + " error occurred: failed to allocate a serviceIP: range is full");
    }

    @Test
    void annotationsHaveRoomForAQuarterOfAMegabyte() {
        String annotated = """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, annotations: {a: %s}}
                ---
                """;
        admitted(single(), annotated.formatted("most", "x".repeat(256 * 1024 - 1))
                + annotated.formatted("more", "x".repeat(256 * 1024)));

        assertThat(problems.all()).singleElement().asString().isEqualTo(
                "m.yaml:7:24: metadata.annotations: Too long: must have at most 262144 bytes");
    }

    @Test
    void aLoadBalancersAddressesAreAddresses() {
        admitted(single(), service("web", "type: LoadBalancer, ports: [{port: 80}]")
                + "status: {loadBalancer: {ingress: [{ip: here}, {ip: 192.0.2.1, ipMode: Both},"
                + " {hostname: 192.0.2.1}, {hostname: a.example, ipMode: VIP}]}}");

        assertThat(problems.all()).extracting(Problem::path, p -> p.message().split(":")[0])
                .containsExactly(tuple("status.loadBalancer.ingress[0].ip", "Invalid value"),
                        tuple("status.loadBalancer.ingress[1].ipMode", "Unsupported value"),
                        tuple("status.loadBalancer.ingress[2].hostname", "Invalid value"),
                        tuple("status.loadBalancer.ingress[3].ipMode", "Forbidden"));
    }

    @Test
    void allMistakesOfAllObjectsAreToldTogether() {
        admitted(single(), service("a", "type: Loadbalancer, ports: [{port: 0}]")
                + service("b", "clusterIP: 1.2.3, ports: [{port: 80, targetPort: 8080}]")
                + pod("c", "a: b", "nodeName: n9", "podIP: 10.0.0.11")
                + pod("d", "a: 'x y'", "", "podIP: 10.0.0") + nodes(2));

        assertThat(problems.all()).extracting(Problem::path).containsExactly(
                "spec.type", "spec.ports[0].targetPort", "spec.ports[0].port",
                "spec.clusterIPs[0]", "spec.nodeName", "metadata.labels", "status.podIPs[0]",
                "status.addresses[0].address");
        assertThat(problems.all().get(0).suggestion()).isEqualTo("LoadBalancer");
    }

    @Test
    void anAddressBelongsToOne() {
        admitted(single(), nodes(2) + pod("a", "a: b", "", "podIP: 10.244.1.5")
                + pod("b", "a: b", "", "podIP: 10.244.1.5")
                + pod("done", "a: b", "", "podIP: 10.244.1.5, phase: Succeeded")
                + pod("host", "a: b", "hostNetwork: true", "podIP: 10.0.0.11")
                + pod("node", "a: b", "", "podIP: 10.0.0.12")
                + service("s", "clusterIP: 10.96.0.9, ports: [{port: 80}]")
                + pod("service", "a: b", "", "podIP: 10.96.0.9"));

        assertThat(problems.all()).extracting(Problem::message).containsExactly(
                "found the address 10.244.1.5, expected one that is free: pod/a (m.yaml:14:1) has"
                        + " it",
                "found the address 10.0.0.12, expected one that is free: node/n2 (m.yaml:8:1) has"
                        + " it",
                "found the address 10.96.0.9, expected one that is free: service/s (m.yaml:49:1)"
                        + " has it");
    }

    @Test
    void aRangeEndsSomewhere() {
        Admission tiny = new Admission(List.of(Cidr.of("10.96.0.0/30")), 30);
        List<Service> services = admitted(tiny, service("a", "ports: [{port: 80}]")
                + service("b", "ports: [{port: 80}]") + service("c", "ports: [{port: 80}]"));

        assertThat(services).extracting(s -> s.spec().clusterIP()).containsExactlyInAnyOrder(
                "10.96.0.1", "10.96.0.2");
        assertThat(problems.all()).singleElement().asString()
                .contains("failed to allocate a serviceIP: range is full");
    }

    @Test
    void trafficDistributionGrewWithTheVersions() {
        String close = service("web", "trafficDistribution: PreferSameNode, ports: [{port: 80}]");

        admitted(new Admission(List.of(Cidr.of("10.96.0.0/16")), 34), close);
        assertThat(problems.all()).isEmpty();
        admitted(single(), close);
        assertThat(problems.all()).singleElement().asString()
                .contains(
                        "Unsupported value: \"PreferSameNode\": supported values: \"PreferClose\"");
    }

    @Test
    void otherKindsHaveRulesToo() {
        admitted(single(), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: wed}}
                    spec:
                      restartPolicy: Never
                      containers: [{name: c, image: i, ports: [{containerPort: 70000}]}, {image: i}]
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: s}
                addressType: IPv4
                endpoints: [{addresses: ['fd00::1']}, {addresses: [127.0.0.1]}]
                ports: [{port: 80, protocol: HTTP}]
                ---
                apiVersion: v1
                kind: Endpoints
                metadata: {name: e}
                subsets: [{addresses: [{ip: nowhere}]}, {ports: [{port: 80}]}]
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: Node_1}
                spec: {podCIDRs: [10.0.0.0/24, 10.0.1.0/24]}
                """);

        assertThat(problems.all()).extracting(Problem::path).containsExactlyInAnyOrder(
                "spec.template.metadata.labels", "spec.template.spec.restartPolicy",
                "spec.template.spec.containers[0].ports[0].containerPort",
                "spec.template.spec.containers[1].name", "endpoints[0].addresses[0]",
                "endpoints[1].addresses[0]", "ports[0].protocol", "subsets[0].addresses[0].ip",
                "subsets[0].addresses[0].ip", "subsets[1]", "metadata.name", "spec.podCIDRs");
    }

    /** Two objects may have what only one can: a server has printed both, and it works there. */
    @Test
    void whatAServerHasPrintedStands() {
        List<Service> services = admitted(single(), """
                apiVersion: v1
                kind: Service
                metadata: {name: web, uid: a}
                spec: {type: NodePort, clusterIP: 10.200.0.1, ports: [{port: 80, nodePort: 8080}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: twin, resourceVersion: "7"}
                spec: {type: NodePort, clusterIP: 10.200.0.1, ports: [{port: 80, nodePort: 8080}]}
                """);

        assertThat(problems.all()).isEmpty();
        assertThat(services).extracting(service -> service.spec().clusterIP())
                .containsExactly("10.200.0.1", "10.200.0.1");
        assertThat(problems.warnings()).singleElement().asString()
                .contains("service/web", "and the like in 1 more objects");
    }

    /** What no server of any version takes is a slip of somebody's pen. */
    @ParameterizedTest
    @ValueSource(strings = {"ports: [{port: 99999}]", "ports: [{port: 80, protocol: tcp}]",
        "ports: [{port: 80}], clusterIP: 10.96.0.256", "ports: [{port: 80, targetPort: -1}]",
        "ports: [{port: 80, nodePort: 65536}], type: NodePort",
        "ports: [{port: 80}], externalIPs: [here]"})
    void whatNoServerTakesIsRefusedOfAPrintedObjectToo(String spec) {
        assertThat(admitted(single(), """
                apiVersion: v1
                kind: Service
                metadata: {name: web, uid: a}
                spec: {%s}
                """.formatted(spec))).isEmpty();

        assertThat(problems.all()).isNotEmpty();
    }

    private List<Service> admitted(Admission admission, String manifests) {
        List<ApiObject> objects = admission.createAll(parse(manifests), problems);
        return objects.stream().filter(Service.class::isInstance).map(Service.class::cast).toList();
    }

    private static Admission single() {
        return new Admission(List.of(Cidr.of("10.96.0.0/16")), 30);
    }

    private static Admission dual() {
        return new Admission(List.of(Cidr.of("10.96.0.0/16"), Cidr.of("fd00:96::/112")), 30);
    }

    private static List<Integer> nodePorts(Service service) {
        ServiceSpec spec = service.spec();
        return spec.ports().stream().map(ServicePort::nodePort).toList();
    }
}
