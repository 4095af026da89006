package dev.podhop.cli.mcp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A verb as a tool.
 *
 * @param verb its name, which is the tool's as well
 * @param description for the assistant that chooses among tools
 * @param takesCluster whether it is about a cluster, given as a file's path or as text
 * @param options the verb's options by argument: {@code from} becomes {@code --from}
 */
record Tool(String verb, String description, boolean takesCluster, Map<String, String> options) {

    private static final String FROM = "Who calls: pod/NAME, pod/NAMESPACE/NAME, node/NAME or"
            + " external/NAME. With `to`, a call that the file does not have.";
    private static final String TO = "Who is called: service/NAME:80, service/NAME@vip:80 (its load"
            + " balancer), pod/NAME:8080, node/NAME:30080, 10.0.0.1:80 or a DNS name with a port.";
    private static final String FLOW = "A flow of a Scenario document in the file.";
    private static final String AT = "As if it were then: 4.05s.";
    private static final String SET = "Fields to change before the file is read, each"
            + " KEY=VALUE: kubeProxy.mode=nftables, service/web.externalTrafficPolicy=Local.";
    private static final String CLUSTER = "Path of a file or directory: manifests or a cluster's"
            + " dump as kubectl prints it, with or without a Podhop Scenario document.";
    private static final String MANIFESTS =
            "The same as text, instead of `file`: YAML or JSON documents.";

    /** A list, each element an option of its own. */
    static final String SETTINGS = "set";

    static final List<Tool> ALL = List.of(
            new Tool("doctor", "What is wrong with a Kubernetes cluster's Services: tries every"
                    + " call that matters by simulation, and names causes, with file and line, and"
                    + " fixes that were tried.", true,
                    options("namespace", "Services of this namespace only.", "service",
                            "This Service only.", "at", AT, SETTINGS, SET)),
            new Tool("trace", "What happens to one call, packet by packet there and back: hooks,"
                    + " rules, translations, why it ends as it does, and what would help.", true,
                    options("from", FROM, "to", TO, "protocol", "TCP, UDP or SCTP.", "flow", FLOW,
                            "outcome", "Trace an attempt that ends so: TimedOut, Refused, ...",
                            "at", AT, SETTINGS, SET)),
            new Tool("odds", "The exact probability of each outcome of a call, every random choice"
                    + " followed.", true,
                    options("from", FROM, "to", TO, "protocol", "TCP, UDP or SCTP.", "flow", FLOW,
                            "at", AT, SETTINGS, SET)),
            new Tool("diff", "Which calls' odds change under other settings: a proxy mode, a"
                    + " Kubernetes version, a field of a Service; and why.", true,
                    options(SETTINGS, SET)),
            new Tool("explain", "What a code of a trace or of a finding means: NO_SOCKET, PH101.",
                    false, options("code", "The code.")));

    private static Map<String, String> options(String... pairs) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return options;
    }

    /** JSON Schema of its arguments. */
    Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        if (takesCluster) {
            properties.put("file", Map.of("type", "string", "description", CLUSTER));
            properties.put("manifests", Map.of("type", "string", "description", MANIFESTS));
        }
        options.forEach((name, what) -> properties.put(name, name.equals(SETTINGS)
                ? Map.of("type", "array", "items", Map.of("type", "string"), "description", what)
                : Map.of("type", "string", "description", what)));
        return Map.of("type", "object", "properties", properties, "additionalProperties", false,
                "required", takesCluster ? List.of() : List.of("code"));
    }

    /**
     * The command line of a call.
     *
     * @param file what stands for the cluster
     */
    List<String> command(Map<String, Object> arguments, String file) {
        List<String> words = new ArrayList<>(List.of(verb));
        if (!takesCluster) {
            words.add(String.valueOf(arguments.get("code")));
            return words;
        }
        // A path that begins with a dash is no option, and standard input is the protocol's.
        words.add(file.startsWith("-") ? "./" + file : file);
        options.keySet().forEach(name -> {
            Object value = arguments.get(name);
            if (value instanceof List<?> settings) {
                settings.forEach(each -> words.add("--" + name + "=" + each));
            } else if (value != null) {
                words.add("--" + name + "=" + value);
            }
        });
        return words;
    }
}
