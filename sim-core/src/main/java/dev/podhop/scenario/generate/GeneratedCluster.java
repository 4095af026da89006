package dev.podhop.scenario.generate;

import dev.podhop.engine.Rng;
import java.io.IOException;
import java.util.Arrays;

/**
 * A cluster by its numbers. The same numbers give the same text, and every object of a smaller
 * cluster of the same ratio looks like those of a larger one.
 *
 * @param nodes at least 1
 * @param pods of the Services, at least one each
 * @param services at least 1; {@code app-0} is the first
 * @param seed what sizes, and who asks whom, are drawn from
 * @param deployments whether pods come from a Deployment a Service, instead of being written, each
 *        on its node
 * @param declared whether containers declare the port that they listen on
 * @param flows how many clients ask, each another Service, from time 0; each is a pod {@code
 *        client-N} beside the others. Without any there is no Scenario document
 * @param attempts of each client, one a millisecond
 */
public record GeneratedCluster(int nodes, int pods, int services, long seed, boolean deployments,
        boolean declared, int flows, int attempts) {

    /** Kubernetes' published limit for pods on a node. */
    public static final int PODS_PER_NODE = 110;

    /** The most nodes whose pods' ranges fit into {@link #POD_RANGE}. */
    public static final int MOST_NODES = 1 << 15;

    private static final String POD_RANGE = "10.128.0.0/9";
    private static final int ZONES = 3;
    private static final int PER_BYTE = 256;
    private static final int FIRST_POD_BYTE = 128;

    /** Writes the manifests, and then a Scenario that asks. */
    public void writeTo(Appendable out) throws IOException {
        for (int node = 0; node < nodes; node++) {
            writeNode(out, node);
        }
        int[] sizes = sizes();
        int pod = 0;
        for (int service = 0; service < services; service++) {
            writeService(out, service);
            if (deployments) {
                writeDeployment(out, service, sizes[service]);
            } else {
                for (int i = 0; i < sizes[service]; i++) {
                    String name = "app-" + service + "-" + i;
                    writePod(out, name, "app-" + service, pod++ % nodes, container());
                }
            }
        }
        for (int flow = 0; flow < flows; flow++) {
            writePod(out, "client-" + flow, "client", nodeOf(flow),
                    "{name: client, image: example/client}");
        }
        if (flows > 0) {
            writeScenario(out);
        }
    }

    /** How many pods each Service has: one, and of the rest what the draw gives it. */
    private int[] sizes() {
        int[] sizes = new int[services];
        Arrays.fill(sizes, 1);
        Rng rng = new Rng(Rng.mix(seed, 1));
        for (int i = services; i < pods; i++) {
            // The lesser of two draws: some Services are large, most are small.
            long drawn = Math.min(rng.nextLong(services), rng.nextLong(services));
            sizes[(int) drawn]++;
        }
        return sizes;
    }

    private static void writeNode(Appendable out, int node) throws IOException {
        String name = "node-" + node;
        out.append("apiVersion: v1\nkind: Node\nmetadata:\n  name: ").append(name)
                .append("\n  labels: {kubernetes.io/hostname: ").append(name)
                .append(", topology.kubernetes.io/zone: zone-").append((char) ('a' + node % ZONES))
                .append("}\nspec: {podCIDR: 10.")
                .append(String.valueOf(FIRST_POD_BYTE + node / PER_BYTE)).append('.')
                .append(String.valueOf(node % PER_BYTE))
                .append(".0/24}\nstatus:\n  addresses: [{type: InternalIP, address: 10.0.")
                .append(String.valueOf(1 + node / PER_BYTE)).append('.')
                .append(String.valueOf(node % PER_BYTE)).append("}]\n---\n");
    }

    private static void writeService(Appendable out, int service) throws IOException {
        String name = "app-" + service;
        out.append("apiVersion: v1\nkind: Service\nmetadata: {name: ").append(name)
                .append("}\nspec:\n  selector: {app: ").append(name)
                .append("}\n  ports: [{port: 80, targetPort: 8080}]\n---\n");
    }

    private void writeDeployment(Appendable out, int service, int replicas) throws IOException {
        String name = "app-" + service;
        out.append("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: ").append(name)
                .append("}\nspec:\n  replicas: ").append(String.valueOf(replicas))
                .append("\n  selector: {matchLabels: {app: ").append(name)
                .append("}}\n  template:\n    metadata: {labels: {app: ").append(name)
                .append("}}\n    spec:\n      containers:\n      - ").append(container())
                .append("\n---\n");
    }

    private String container() {
        return "{name: web, image: example/web"
                + (declared ? ", ports: [{containerPort: 8080}]" : "") + "}";
    }

    private static void writePod(Appendable out, String name, String app, int node,
            String container) throws IOException {
        out.append("apiVersion: v1\nkind: Pod\nmetadata: {name: ").append(name)
                .append(", labels: {app: ").append(app).append("}}\nspec:\n  nodeName: node-")
                .append(String.valueOf(node)).append("\n  containers: [").append(container)
                .append("]\n---\n");
    }

    private int nodeOf(int flow) {
        return (int) new Rng(Rng.mix(seed, 2, flow)).nextLong(nodes);
    }

    private void writeScenario(Appendable out) throws IOException {
        out.append("apiVersion: podhop.dev/v1alpha1\nkind: Scenario\n"
                + "metadata: {name: generated}\nspec:\n  seed: ").append(String.valueOf(seed))
                .append("\n  network: {clusterCIDR: ").append(POD_RANGE)
                .append("}\n  timeline:\n");
        for (int flow = 0; flow < flows; flow++) {
            long service = new Rng(Rng.mix(seed, 3, flow)).nextLong(services);
            out.append("  - {at: 0s, send: {flow: flow-").append(String.valueOf(flow))
                    .append(", from: pod/client-").append(String.valueOf(flow))
                    .append(", to: \"service/app-").append(String.valueOf(service))
                    .append(":80\", count: ").append(String.valueOf(attempts))
                    .append(", every: 1ms}}\n");
        }
    }
}
