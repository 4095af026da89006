package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code get} and {@code describe} print of objects that kubectl prints, too. */
class AsKubectlTest {

    @TempDir
    private Path folder = Path.of("");
    private String file = "";

    @BeforeEach
    void write() throws IOException {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                spec: {podCIDR: 10.244.1.0/24}
                status: {addresses: [{type: InternalIP, address: 10.0.0.11}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, labels: {b: "2", a: "1"}}
                spec:
                  type: LoadBalancer
                  clusterIP: 10.96.0.10
                  externalIPs: [192.0.2.9]
                  selector: {tier: front, app: web}
                  ports:
                  - {name: http, port: 80, targetPort: 8080, nodePort: 30080}
                  - {name: dns, port: 53, protocol: UDP, nodePort: 30053}
                status: {loadBalancer: {ingress: [{hostname: a1b2c3.elb.eu-west-1.amazonaws.com}]}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: alias}
                spec: {type: ExternalName, externalName: db.example.com}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: headless}
                spec: {clusterIP: None, selector: {app: web}}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: idle}
                spec: {clusterIP: 10.96.0.11, selector: {app: nobody}, ports: [{port: 443}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: db, namespace: shop}
                spec: {type: NodePort, clusterIP: 10.96.0.12, selector: {app: db},
                  ports: [{port: 5432, nodePort: 30432}]}
                """);
        for (int i = 1; i <= 5; i++) {
            yaml.append("""
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: web-%1$d, labels: {app: web, tier: front}}
                    spec: {nodeName: n1, containers: [{name: c, image: i}]}
                    status: {podIP: 10.244.1.%1$d, conditions: [{type: Ready, status: '%2$s'}]}
                    """.formatted(i, i == 5 ? "False" : "True"));
        }
        Path written = Files.writeString(folder.resolve("f.yaml"), yaml);
        file = written.toString();
    }

    private List<String> lines(String line) {
        return shell(line).out().lines().map(each -> each.replaceAll(" {2,}", "|")).toList();
    }

    private Shell shell(String line) {
        return Shell.run(line.replace("FILE", file).split(" +"));
    }

    @Test
    void servicesOfTheDefaultNamespace() {
        assertThat(lines("get services FILE")).containsExactly(
                "NAME|TYPE|CLUSTER-IP|EXTERNAL-IP|PORT(S)|AGE",
                "alias|ExternalName|<none>|db.example.com|<none>|<unknown>",
                "headless|ClusterIP|None|<none>|<none>|<unknown>",
                "idle|ClusterIP|10.96.0.11|<none>|443/TCP|<unknown>",
                "web|LoadBalancer|10.96.0.10|a1b2c3.elb.eu...,192.0.2.9|80:30080/TCP,53:30053/UDP"
                        + "|<unknown>");
        assertThat(shell("get services FILE").err()).contains("-A shows those of shop, too");
    }

    @Test
    void servicesOfAllNamespacesWithSelectors() {
        assertThat(lines("get services FILE -A -o wide")).startsWith(
                "NAMESPACE|NAME|TYPE|CLUSTER-IP|EXTERNAL-IP|PORT(S)|AGE|SELECTOR")
                .contains("default|web|LoadBalancer|10.96.0.10|"
                        + "a1b2c3.elb.eu-west-1.amazonaws.com,192.0.2.9"
                        + "|80:30080/TCP,53:30053/UDP|<unknown>|app=web,tier=front")
                .endsWith("shop|db|NodePort|10.96.0.12|<none>|5432:30432/TCP|<unknown>|app=db");
    }

    @Test
    void endpointsAreTheFirstThreeReadyOnes() {
        assertThat(lines("get endpoints FILE")).containsExactly("NAME|ENDPOINTS|AGE",
                "headless|10.244.1.1,10.244.1.2,10.244.1.3 + 1 more...|<unknown>",
                "idle|<none>|<unknown>",
                "web|10.244.1.1:8080,10.244.1.2:8080,10.244.1.3:8080 + 5 more...|<unknown>");
    }

    @Test
    void slicesHaveAllTheirEndpoints() {
        List<String> slices = lines("get endpointslices FILE -A");

        assertThat(slices.getFirst()).isEqualTo("NAMESPACE|NAME|ADDRESSTYPE|PORTS|ENDPOINTS|AGE");
        assertThat(slices).anyMatch(line -> line.matches("default\\|web-\\w+\\|IPv4\\|8080,53\\|"
                + "10.244.1.1,10.244.1.2,10.244.1.3 \\+ 2 more...\\|<unknown>"))
                .anyMatch(line -> line.matches("default\\|idle-\\w+\\|IPv4\\|<unset>\\|<unset>.*"));
    }

    /** Conditions, nodes, zones, hints: no column of kubectl has them, so they stand below. */
    @Test
    void whatKubectlDoesNotSayStandsBelow() {
        assertThat(lines("get endpoints FILE web -o wide"))
                .startsWith("NAME|ENDPOINTS|AGE").contains("",
                        "NAMESPACE|SERVICE|SLICE|ADDRESS|PORTS|CONDITION|NODE|ZONE|HINTS|TARGET")
                .filteredOn(line -> line.contains("|unready|")).singleElement().asString()
                .contains("|10.244.1.5|", "|n1|", "pod/web-5");
        assertThat(lines("get endpoints FILE web")).hasSize(2);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', value = {
        "get services FILE -n none        | No resources found in none namespace.",
        "get endpoints FILE -n none       | No resources found in none namespace.",
        "get endpointslices FILE -n none  | No resources found in none namespace.",
    })
    void whereThereIsNothing(String line, String said) {
        assertThat(shell(line).out()).isEmpty();
        assertThat(shell(line).err()).contains(said);
        assertThat(shell(line).code()).isZero();
    }

    /** One that was named is asked for: its absence is a mistake, and the nearest name is said. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "get services FILE nobody | Error from server (NotFound): services \"nobody\" not found",
        "get svc FILE wbe         | services \"wbe\" not found; did you mean web?",
        "get servces FILE         | did you mean services?",
        "get rule FILE            | did you mean rules?"})
    void whoIsNotThere(String line, String said) {
        assertThat(shell(line).out()).isEmpty();
        assertThat(shell(line).err()).contains(said);
        assertThat(shell(line).code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void kubectlsOtherFormsAreTaken() {
        assertThat(lines("get svc FILE")).isEqualTo(lines("get services FILE"));
        assertThat(lines("get ep FILE")).isEqualTo(lines("get endpoints FILE"));
        assertThat(lines("get po FILE")).isEqualTo(lines("get pods FILE"));
    }

    @Test
    void aServiceIsDescribed() {
        assertThat(lines("describe service FILE web")).containsExactly(
                "Name:|web", "Namespace:|default", "Labels:|a=1", "|b=2",
                "Annotations:|<none>", "Selector:|app=web,tier=front", "Type:|LoadBalancer",
                "IP Family Policy:|SingleStack", "IP Families:|IPv4", "IP:|10.96.0.10",
                "IPs:|10.96.0.10", "External IPs:|192.0.2.9",
                "LoadBalancer Ingress:|a1b2c3.elb.eu-west-1.amazonaws.com",
                "Port:|http|80/TCP", "TargetPort:|8080/TCP", "NodePort:|http|30080/TCP",
                "Endpoints:|10.244.1.1:8080,10.244.1.2:8080,10.244.1.3:8080 + 1 more...",
                "Port:|dns|53/UDP", "TargetPort:|53/UDP", "NodePort:|dns|30053/UDP",
                "Endpoints:|10.244.1.1:53,10.244.1.2:53,10.244.1.3:53 + 1 more...",
                "Session Affinity:|None", "External Traffic Policy:|Cluster",
                "Internal Traffic Policy:|Cluster", "Events:|<none>");
        assertThat(lines("describe service FILE db")).contains("Namespace:|shop");
        assertThat(shell("describe service FILE nobody").code()).isEqualTo(ExitCode.USAGE);
    }
}
