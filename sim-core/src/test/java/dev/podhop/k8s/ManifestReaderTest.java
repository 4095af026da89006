package dev.podhop.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {

    private final Problems problems = new Problems();

    @Test
    void aDumpOfARealClusterPassesWhole() throws Exception {
        Manifests dump = ManifestReader.read(
                Path.of(ManifestReaderTest.class.getResource("/k8s/dump.yaml").toURI()), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(dump.objects()).extracting(o -> o.key().toString()).containsExactly(
                "node/worker-1", "pod/shop/web-7d9c5b8f6c-abcde", "endpointslice/shop/web-x7k2p",
                "configmap/kube-system/kube-proxy");
        assertThat(problems.warnings()).hasSize(2).anyMatch(w -> w.contains("udpIdleTimeout"))
                .contains("not simulated, ignored: 1 Secret (v1), 1 Service"
                        + " (serving.knative.dev/v1)");
    }

    @Test
    void whatIsSimulatedIsRead() throws Exception {
        Manifests dump = ManifestReader.read(
                Path.of(ManifestReaderTest.class.getResource("/k8s/dump.yaml").toURI()), problems);

        Node node = (Node) dump.objects().get(0);
        assertThat(node.podRanges()).hasToString("[10.244.1.0/24, fd00:10:244:1::/64]");
        assertThat(node.internalAddresses()).hasToString("[10.0.0.11, fd00::11]");
        assertThat(node.zone()).isEqualTo("zone-a");
        Pod pod = (Pod) dump.objects().get(1);
        assertThat(pod.isReady()).isTrue();
        assertThat(pod.addresses()).hasToString("[10.244.1.7, fd00:10:244:1::7]");
        assertThat(pod.spec().terminationGracePeriodSeconds()).isEqualTo(45);
        assertThat(pod.spec().fits(node)).as("the node is tainted").isFalse();
        Container container = pod.spec().containers().get(0);
        assertThat(container.preStop()).isEqualTo(new ContainerAction.Sleep(5));
        assertThat(container.readinessProbe()).isEqualTo(new Probe(
                new ContainerAction.HttpGet(IntOrString.of("http"), "/ready", "", "HTTP"), 0, 1, 2,
                1, 3));
        EndpointSlice slice = (EndpointSlice) dump.objects().get(2);
        assertThat(slice.serviceName()).isEqualTo("web");
        assertThat(slice.endpoints().get(0).hintedZones()).containsExactly("zone-a");
        KubeProxyConfiguration proxy = dump.kubeProxy();
        assertThat(proxy.mode()).isEqualTo("iptables");
        assertThat(proxy.clusterCIDR()).isEqualTo("10.244.0.0/16,fd00:10:244::/56");
        assertThat(proxy.iptables()).isEqualTo(KubeProxyConfiguration.defaults().iptables());
        assertThat(proxy.conntrack().maxPerCore()).isEqualTo(32 * 1024);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "spec: {ports: [{port: 80, targetport: 8080}]} | 1:73 | spec.ports[0].targetport"
                + " | unknown field \"spec.ports[0].targetport\" | targetPort",
        "spec: {selektor: {app: web}} | 1:54 | spec.selektor"
                + " | unknown field \"spec.selektor\" | selector",
        "spec: {ports: [{port: http}]} | 1:69 | spec.ports[0].port"
                + " | found the string \"http\", expected an integer | -",
        "spec: {ports: [{port: '80'}]} | 1:69 | spec.ports[0].port"
                + " | expected an integer: leave out the quotes | -",
        "spec: {ports: [{port: 3000000000}]} | 1:69 | spec.ports[0].port"
                + " | expected an integer from -2147483648 to 2147483647 | -",
        "spec: {ports: {port: 80}} | 1:61 | spec.ports | found a mapping, expected a list | -",
        "spec: {selector: {v: 1}} | 1:68 | spec.selector[v]"
                + " | found the number 1, expected a string: put it in quotes | -",
        "spec: {publishNotReadyAddresses: 'yes'} | 1:80 | spec.publishNotReadyAddresses"
                + " | found the string \"yes\", expected true or false | -",
        "spec: 7 | 1:53 | spec | found the number 7, expected a mapping (ServiceSpec) | -",
        "specs: {} | 1:47 | specs | unknown field \"specs\" | spec"})
    void everyFieldIsChecked(String fields, String place, String path, String message,
            String suggestion) {
        read("{apiVersion: v1, kind: Service, metadata: {}, %s}".formatted(fields));

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo(path);
            assertThat(problem.message()).contains(message);
            assertThat(problem.suggestion()).isEqualTo(suggestion);
            assertThat(problem.location()).hasToString("m.yaml:" + place);
        });
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "v1 | Servcie | no kind \"Servcie\" is registered for version \"v1\" | Service",
        "v2 | Service | no kind \"Service\" is registered for version \"v2\" | v1",
        "v1 | Deployment | for version \"v1\", expected apps/v1 | -",
        "apps/v1beta1 | Deployment | for version \"apps/v1beta1\", expected apps/v1 | -",
        "app/v1 | Deployment | for version \"app/v1\", expected apps/v1 | apps/v1",
        "extensions/v1beta1 | Deployment | expected apps/v1 | -",
        "discovery.k8s.io/v1beta1 | EndpointSlice | expected discovery.k8s.io/v1"
                + " | discovery.k8s.io/v1",
        "- | Service | found an object without apiVersion | -",
        "v1 | - | found an object without kind | -"})
    void aKindThatCannotBeIsTold(String apiVersion, String kind, String message,
            String suggestion) {
        read((apiVersion == null ? "" : "apiVersion: " + apiVersion + "\n")
                + (kind == null ? "" : "kind: " + kind + "\n") + "metadata: {name: web}\n");

        assertThat(problems.all()).singleElement().satisfies(problem -> {
            assertThat(problem.message()).contains(message);
            assertThat(problem.suggestion()).isEqualTo(suggestion);
        });
    }

    @ParameterizedTest(name = "{0} {1} is somebody else's")
    @CsvSource({"v1, Secret", "apps/v1, ControllerRevision", "batch/v1, Job",
        "networking.k8s.io/v1, Ingress", "example.com/v1, Service", "extensions/v1beta1, Ingress"})
    void otherKindsAreKeptAndIgnored(String apiVersion, String kind) {
        Manifests manifests =
                read("apiVersion: %s\nkind: %s\nwhat: ever\n".formatted(apiVersion, kind));

        assertThat(problems.all()).isEmpty();
        assertThat(manifests.ignored()).hasSize(1);
        assertThat(problems.warnings()).singleElement().asString().contains(kind);
    }

    @Test
    void aMisspeltKeyOfAListIsTold() {
        read("apiVersion: v1\nkind: List\nitem: []\n");

        assertThat(problems.all()).extracting(Problem::suggestion).containsExactly("items");
    }

    @Test
    void itemsOfATypedListNeedNotNameTheirKind() {
        Manifests manifests =
                read("{apiVersion: v1, kind: PodList, metadata: {resourceVersion: '9'},"
                        + " items: [{metadata: {name: a}}, {metadata: {name: b}}]}");

        assertThat(manifests.objects()).extracting(o -> o.key().toString())
                .containsExactly("pod/a", "pod/b");
    }

    @Test
    void aNameMayOccurTwiceOnlyForTheSameObject() {
        String pod = "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n";

        assertThat(read(pod + pod).again()).isEmpty();

        Manifests other = read(pod + pod + "spec: {nodeName: n1}\n");
        assertThat(problems.all()).isEmpty();
        assertThat(other.again()).singleElement().isNotSameAs(other.objects().getFirst());

        other.refuseAgain(problems);
        assertThat(problems.all()).singleElement().hasToString("m.yaml:10:9: metadata.name: found a"
                + " second Pod \"a\", expected another name; the first is at m.yaml:5:9");
    }

    @Test
    void twoConfigurationsOfKubeProxyAreOneTooMany() {
        String document = "---\napiVersion: kubeproxy.config.k8s.io/v1alpha1\n"
                + "kind: KubeProxyConfiguration\nmode: ipvs\n";

        assertThat(read(document).kubeProxy().mode()).isEqualTo("ipvs");
        read(document + document);
        read(document + "iptables: {masqeradeAll: true, minSyncPeriod: 1}\n");

        assertThat(problems.all()).extracting(Problem::path).containsExactly(
                "iptables.masqeradeAll", "iptables.minSyncPeriod", "");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "mode: iptable | mode: found \"iptable\", expected one of iptables, ipvs, nftables;"
                + " did you mean \"iptables\"?",
        "mode: userspace | mode: found \"userspace\", which kube-proxy has not had since 1.26,"
                + " expected one of iptables, ipvs, nftables",
        "mode: kernelspace | the mode of Windows nodes, which Podhop does not model",
        "detectLocalMode: NodeCidr | did you mean \"NodeCIDR\"?",
        "detectLocalMode: BridgeInterface | detectLocal.bridgeInterface: found no value",
        "ipvs: {scheduler: rrr} | ipvs.scheduler: found \"rrr\"",
        "clusterCIDR: 10.244.0.0 | clusterCIDR: found \"10.244.0.0\", expected a CIDR",
        "nodePortAddresses: [primary, x] | nodePortAddresses[1]: found \"x\"",
        "iptables: {masqueradeBit: 32} | iptables.masqueradeBit: found 32",
        "iptables: {syncPeriod: 1s, minSyncPeriod: 2s} | found less than minSyncPeriod",
        "iptables: {minSyncPeriod: 1 s} | expected a duration such as 30s"})
    void kubeProxyWouldNotStartWith(String config, String message) {
        read("apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n"
                + config);

        assertThat(problems.all()).singleElement().asString().contains(message)
                .startsWith("m.yaml:3:");
    }

    @Test
    void everyFieldOfAnObjectHasAPlace() {
        Service service = (Service) read("apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"
                + "spec:\n  ports:\n  - port: 80\n    name: http\n").objects().get(0);
        FieldPath port = FieldPath.of("spec", "ports").index(0);

        assertThat(service.locationOf(port.child("name"))).hasToString("m.yaml:7:11");
        assertThat(service.locationOf(port.child("nodePort"))).hasToString("m.yaml:6:5");
        assertThat(service.locationOf(FieldPath.of("spec", "type"))).hasToString("m.yaml:4:1");
    }

    private Manifests read(String text) {
        return ManifestReader.read(YamlReader.read("m.yaml", text, problems), problems);
    }
}
