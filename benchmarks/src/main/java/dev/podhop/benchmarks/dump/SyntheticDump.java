package dev.podhop.benchmarks.dump;

import dev.podhop.net.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One {@code kind: List} with a cluster's nodes, pods, Services, EndpointSlices and ConfigMaps, and
 * with kinds that nobody knows. Each Service has a few pods, spread over the nodes; every tenth is
 * a load balancer.
 *
 * @param network how the cluster's pods come by their addresses
 */
public record SyntheticDump(Network network, int nodes, int services, int podsPerService) {

    private static final Pattern HOLE = Pattern.compile("%(\\w+)%");
    private static final int LOAD_BALANCER_EVERY = 10;
    private static final int FIRST_NODE_PORT = 30_100;

    /** Where pods' addresses come from. */
    public enum Network {
        /** From their node's podCIDR; load balancers have an address. */
        POD_CIDR,
        /** From the nodes' own subnets, outside any podCIDR; load balancers have a hostname. */
        VPC
    }

    /** How many objects the dump holds, those of unknown kinds not counted. */
    public int objects() {
        return nodes + services * (podsPerService + 2) + 4;
    }

    /** The dump, as a file would have it. */
    public String text() {
        StringBuilder text = new StringBuilder("apiVersion: v1\nitems:\n");
        for (int i = 0; i < nodes; i++) {
            append(text, "node.yaml", node(i));
        }
        for (int i = 0; i < services; i++) {
            Map<String, String> service = service(i);
            append(text, "service.yaml", service);
            StringBuilder endpoints = new StringBuilder();
            for (int j = 0; j < podsPerService; j++) {
                Map<String, String> pod = pod(i, j, service);
                append(text, "pod.yaml", pod);
                append(endpoints, "endpoint.yaml", pod);
            }
            service.put("endpoints", endpoints.toString().stripTrailing());
            append(text, "slice.yaml", service);
        }
        append(text, "system.yaml", Map.of(
                "clusterCIDR", network == Network.VPC ? "\"\"" : "10.128.0.0/9",
                "apiserver", network == Network.VPC ? "172.20.0.1" : "10.96.0.1"));
        return text.append("kind: List\nmetadata:\n  resourceVersion: \"\"\n").toString();
    }

    private Map<String, String> node(int i) {
        Map<String, String> node = named(i);
        String cidr = podCidr(i) + "/24";
        node.put("node", nodeName(i));
        node.put("address", IpAddress.of("10.0.0.10").plus(i).toString());
        node.put("zone", "eu-west-1" + (char) ('a' + i % 3));
        node.put("podCidrs", network == Network.VPC ? "unschedulable: false"
                : "podCIDR: " + cidr + "\n    podCIDRs:\n    - " + cidr);
        node.put("provider", network == Network.VPC
                ? String.format(Locale.ROOT, "aws:///eu-west-1a/i-%017d", i)
                : "example://" + nodeName(i));
        return node;
    }

    private String nodeName(int i) {
        return network == Network.VPC
                ? IpAddress.of("10.0.0.10").plus(i).toString().replaceAll("^|\\.", "-")
                        .replaceFirst("-", "ip-") + ".eu-west-1.compute.internal"
                : "worker-" + i;
    }

    private static IpAddress podCidr(int node) {
        return IpAddress.of("10.128.0.0").plus(node * 256L);
    }

    private Map<String, String> service(int i) {
        boolean balanced = i % LOAD_BALANCER_EVERY == 0;
        Map<String, String> service = named(i);
        service.put("app", "app-" + i);
        service.put("namespace", i % 2 == 0 ? "shop" : "default");
        service.put("annotation", network == Network.VPC && balanced
                ? "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip"
                : "example.com/team: red");
        service.put("clusterIP", IpAddress.of(network == Network.VPC ? "172.20.1.0" : "10.100.0.0")
                .plus(i).toString());
        service.put("type", balanced ? "LoadBalancer" : "ClusterIP");
        service.put("nodePorts", balanced
                ? "allocateLoadBalancerNodePorts: true\n    externalTrafficPolicy: Cluster"
                : "publishNotReadyAddresses: false");
        service.put("nodePort",
                balanced ? "nodePort: " + (FIRST_NODE_PORT + i) : "appProtocol: http");
        service.put("ingress", !balanced ? "{}"
                : network == Network.VPC
                        ? "\n      ingress:\n      - hostname: k8s-" + i
                                + ".elb.eu-west-1.amazonaws.com"
                : "\n      ingress:\n      - ip: " + IpAddress.of("198.51.100.1").plus(i)
                        + "\n        ipMode: VIP");
        return service;
    }

    /** Every seventh pod is not ready. */
    private Map<String, String> pod(int service, int i, Map<String, String> ofService) {
        int number = service * podsPerService + i;
        int node = number % nodes;
        Map<String, String> pod = named(number);
        pod.put("app", Objects.requireNonNull(ofService.get("app")));
        pod.put("namespace", Objects.requireNonNull(ofService.get("namespace")));
        pod.put("suffix", Integer.toString(36 * 36 * 36 * 36 + number, 36));
        pod.put("ready", String.valueOf(number % 7 != 6));
        pod.put("condition", number % 7 != 6 ? "True" : "False");
        pod.putAll(Map.of("node", nodeName(node), "zone", "eu-west-1" + (char) ('a' + node % 3)));
        pod.put("address", IpAddress.of("10.0.0.10").plus(node).toString());
        pod.put("podIP", (network == Network.VPC ? IpAddress.of("10.0.64.0").plus(number)
                : podCidr(node).plus(2 + number / nodes)).toString());
        return pod;
    }

    private static Map<String, String> named(int i) {
        Map<String, String> values = new HashMap<>();
        values.put("uid", String.format(Locale.ROOT, "6d3f6a0e-1111-4000-8000-%012d", i));
        values.put("version", String.valueOf(100_000 + i));
        return values;
    }

    private static void append(StringBuilder text, String template, Map<String, String> values) {
        Matcher holes = HOLE.matcher(Templates.of(template));
        while (holes.find()) {
            String value = Objects.requireNonNull(values.get(holes.group(1)), holes.group());
            holes.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        holes.appendTail(text);
    }

    /** The texts beside this class, each read once. */
    private static final class Templates {

        private static final Map<String, String> READ = new HashMap<>();

        static String of(String name) {
            return READ.computeIfAbsent(name, Templates::read);
        }

        private static String read(String name) {
            try (InputStream in = SyntheticDump.class.getResourceAsStream(name)) {
                return new String(Objects.requireNonNull(in, name).readAllBytes(),
                        StandardCharsets.UTF_8);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
