package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code get pods} and {@code get nodes}, as an API server's printers have them for kubectl. */
class PodsAsKubectlTest {

    private static final String NODES = """
            apiVersion: v1
            kind: Node
            metadata:
              name: n1
              labels: {node-role.kubernetes.io/worker: "", node-role.kubernetes.io/etcd: ""}
            spec: {podCIDR: 10.244.1.0/24, unschedulable: true}
            status:
              addresses:
              - {type: Hostname, address: n1}
              - {type: ExternalIP, address: 192.0.2.1}
              - {type: InternalIP, address: 10.0.0.11}
              nodeInfo: {kubeletVersion: v1.32.4, osImage: Debian 12, kernelVersion: 6.1.0}
              conditions: [{type: MemoryPressure, status: 'False'}, {type: Ready, status: 'True'}]
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n2}
            spec: {podCIDR: 10.244.2.0/24}
            status:
              addresses: [{type: InternalIP, address: 10.0.0.12}]
              conditions: [{type: Ready, status: Unknown}]
            ---
            """;

    @TempDir
    private Path folder = Path.of("");

    private List<String> lines(String yaml, String line) throws IOException {
        Path file = Files.writeString(folder.resolve("f.yaml"), yaml);
        return Shell.run(line.replace("FILE", file.toString()).split(" +")).out().lines()
                .map(each -> each.replaceAll(" {2,}", "|")).toList();
    }

    /**
     * What {@code printPod} makes of a pod's spec and status; {@code R} is a container that runs
     * and is ready.
     */
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "running | {} | phase: Running, containerStatuses: [R] | 1/1;Running;0",
        "unready | {} | phase: Running, containerStatuses: [{state: {running: {}}}]"
                + " | 0/1;Running;0",
        "crashing | {} | phase: Running, containerStatuses: [{restartCount: 7, state: {waiting:"
                + " {reason: CrashLoopBackOff}}}] | 0/1;CrashLoopBackOff;7",
        "no image | {} | phase: Pending, containerStatuses: [{state: {waiting: {reason:"
                + " ImagePullBackOff}}}] | 0/1;ImagePullBackOff;0",
        "done | {} | phase: Succeeded, containerStatuses: [{state: {terminated: {exitCode: 0,"
                + " reason: Completed}}}] | 0/1;Completed;0",
        "killed | {} | phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 137,"
                + " signal: 9}}}] | 0/1;Signal:9;0",
        "exited | {} | phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 3}}}]"
                + " | 0/1;ExitCode:3;0",
        "evicted | {} | phase: Failed, reason: Evicted | 0/1;Evicted;0",
        "gated | {} | phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason:"
                + " SchedulingGated}] | 0/1;SchedulingGated;0",
        "init waits | {initContainers: [{name: i, image: x}, {name: j, image:"
                + " x}]} | phase: Pending,"
                + " initContainerStatuses: [{name: i, state: {terminated: {exitCode:"
                + " 0}}}, {name: j,"
                + " state: {running: {}}}], containerStatuses: [{state: {waiting: {reason:"
                + " PodInitializing}}}] | 0/1;Init:1/2;0",
        "init fails | {initContainers: [{name: i, image: x}]} | phase:"
                + " Pending, initContainerStatuses:"
                + " [{name: i, restartCount: 2, state: {waiting: {reason: CrashLoopBackOff}}}],"
                + " containerStatuses: [{state: {waiting: {reason: PodInitializing}}}]"
                + " | 0/1;Init:CrashLoopBackOff;2",
        "init ended | {initContainers: [{name: i, image: x}]} | phase: Failed,"
                + " initContainerStatuses:"
                + " [{name: i, state: {terminated: {exitCode: 2}}}] | 0/1;Init:ExitCode:2;0",
        "init done | {initContainers: [{name: i, image: x}]} | phase: Running,"
                + " initContainerStatuses: [{name:"
                + " i, restartCount: 4, state: {terminated: {exitCode: 0}}}],"
                + " containerStatuses: [R]"
                + " | 1/1;Running;0",
        "sidecar | {initContainers: [{name: i, image: x, restartPolicy: Always}]} | phase: Running,"
                + " initContainerStatuses: [{name: i, restartCount: 4, ready: true, started: true,"
                + " state: {running: {}}}], containerStatuses: [R] | 2/2;Running;4",
        "one of two | {containers: [{name: c, image: x}, {name: d, image: x}]}"
                + " | phase: Running, conditions: [{type:"
                + " Ready, status: 'False'}], containerStatuses: [{state: {terminated:"
                + " {exitCode: 0, reason: Completed}}}, R]"
                + " | 1/2;NotReady;0",
    })
    void aPodsStatus(String name, String spec, String status, String row) throws IOException {
        String running = "{ready: true, started: true, state: {running: {startedAt: x}}}";
        String yaml = NODES + """
                apiVersion: v1
                kind: Pod
                metadata: {name: p, uid: u}
                spec: {nodeName: n1, containers: [{name: c, image: x}], %s}
                status: {podIP: 10.244.1.9, %s}
                """.formatted(spec.substring(1, spec.length() - 1),
                status.replace("R]", running + "]").replace("[R", "[" + running))
                .replace(", }", "}");
        String own = name.equals("gated") ? yaml.replace("nodeName: n1,", "")
                : yaml.replace("containers: [{name: c, image: x}], containers", "containers");

        assertThat(lines(own, "get pods FILE")).last().asString().as(name)
                .isEqualTo("p|" + row.trim().replace(';', '|') + "|<unknown>");
    }

    @Test
    void wideAndOfAllNamespaces() throws IOException {
        String yaml = NODES + """
                apiVersion: v1
                kind: Pod
                metadata: {name: b}
                spec:
                  nodeName: n1
                  containers: [{name: c, image: x}]
                  readinessGates: [{conditionType: g}]
                status: {podIP: 10.244.1.9, conditions: [{type: g, status: 'True'}]}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: a, namespace: shop, deletionTimestamp: "2026-01-01T00:00:00Z"}
                spec: {nodeName: n2, containers: [{name: c, image: x}]}
                status: {podIP: 10.244.2.9}
                """;

        assertThat(lines(yaml, "get pods FILE -A -o wide")).containsExactly(
                "NAMESPACE|NAME|READY|STATUS|RESTARTS|AGE|IP|NODE|NOMINATED NODE|READINESS GATES",
                "default|b|1/1|Running|0|<unknown>|10.244.1.9|n1|<none>|1/1",
                "shop|a|1/1|Terminating|0|<unknown>|10.244.2.9|n2|<none>|<none>");
        assertThat(lines(yaml, "get pods FILE -n shop")).containsExactly(
                "NAME|READY|STATUS|RESTARTS|AGE", "a|1/1|Terminating|0|<unknown>");
    }

    @Test
    void nodesStandInNoNamespace() throws IOException {
        String plain = "NAME|STATUS|ROLES|AGE|VERSION";
        List<String> all = List.of(plain,
                "n1|Ready,SchedulingDisabled|etcd,worker|<unknown>|v1.32.4",
                "n2|NotReady|<none>|<unknown>");

        assertThat(lines(NODES, "get nodes FILE")).containsExactlyElementsOf(all);
        assertThat(lines(NODES, "get nodes FILE -n shop")).containsExactlyElementsOf(all);
        assertThat(lines(NODES, "get nodes FILE -A -o wide")).containsExactly(
                plain + "|INTERNAL-IP|EXTERNAL-IP|OS-IMAGE|KERNEL-VERSION|CONTAINER-RUNTIME",
                all.get(1) + "|10.0.0.11|192.0.2.1|Debian 12|6.1.0|<unknown>",
                all.get(2) + "|10.0.0.12|<none>|<unknown>|<unknown>|<unknown>");
        assertThat(lines(NODES, "get nodes FILE n2")).containsExactly(plain, all.get(2));
    }

    /** A pod that is new, one that crashes, a node that dies: the columns follow. */
    @Test
    void inTime() throws IOException {
        String file = NODES.replace("status: Unknown", "status: 'True'") + """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: web}
                spec:
                  serviceName: web
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      initContainers: [{name: i, image: x}]
                      containers: [{name: c, image: x}]
                ---
                apiVersion: podhop.dev/v1alpha1
                kind: Scenario
                metadata: {name: s}
                spec:
                  timeline:
                  - {at: 1s, kill: pod/web-0}
                  - {at: 60s, restart: pod/web-0}
                  - {at: 66s, restart: pod/web-0}
                  - {at: 200s, fail: node/n2}
                """;

        assertThat(lines(file, "get pods FILE --at 1.1s")).anyMatch(
                line -> line.contains("|0/1|Init:0/1|0|"));
        assertThat(lines(file, "get pods FILE --at 64s")).last().asString()
                .isEqualTo("web-0|1/1|Running|1 (4s ago)|<unknown>");
        assertThat(lines(file, "get pods FILE --at 70s")).last().asString()
                .isEqualTo("web-0|0/1|CrashLoopBackOff|1 (4s ago)|<unknown>");
        assertThat(lines(file, "get pods FILE --at 190s")).last().asString()
                .isEqualTo("web-0|1/1|Running|2 (2m4s ago)|<unknown>");
        // Nobody tells of its containers any more; what was told stands, while the node is missed.
        assertThat(lines(file, "get pods FILE --at 300s")).last().asString()
                .isEqualTo("web-0|1/1|Running|2 (3m54s ago)|<unknown>");
        assertThat(lines(file, "get nodes FILE --at 300s")).last().asString()
                .startsWith("n2|NotReady|");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "get pods FILE -n none | No resources found in none namespace.",
        "get pods FILE nobody | Error from server (NotFound): pods \"nobody\" not found",
        "get nodes FILE n9 | Error from server (NotFound): nodes \"n9\" not found",
        "get nodes FILE --node n1 | found --node with nodes, which belong to no node",
    })
    void whereThereIsNothing(String line, String said) throws IOException {
        Path file = Files.writeString(folder.resolve("f.yaml"), NODES);
        assertThat(Shell.run(line.replace("FILE", file.toString()).split(" +")).err())
                .contains(said);
    }
}
