package dev.podhop.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlReader;
import java.util.List;

/** Manifests for tests, as short as they can be. */
public final class TestManifests {

    private TestManifests() {}

    /** The objects of a text, which must be in order. */
    public static List<ApiObject> parse(String yaml) {
        Problems problems = new Problems();
        List<ApiObject> objects =
                ManifestReader.read(YamlReader.read("m.yaml", yaml, problems), problems).objects();
        assertThat(problems.all()).isEmpty();
        return objects;
    }

    /** A mapping, such as a patch. */
    public static Mapping tree(String yaml) {
        return YamlReader.read("patch.yaml", yaml, new Problems()).get(0);
    }

    /** {@code count} nodes n1, n2, ... in zones a, b, ... with ranges 10.244.N.0/24. */
    public static String nodes(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= count; i++) {
            text.append("""
                    ---
                    apiVersion: v1
                    kind: Node
                    metadata: {name: n%d, labels: {topology.kubernetes.io/zone: %s}}
                    spec: {podCIDR: 10.244.%d.0/24}
                    status: {addresses: [{type: InternalIP, address: 10.0.0.%d}]}
                    """.formatted(i, (char) ('a' + i - 1), i, 10 + i));
        }
        return text.toString();
    }

    /** A pod with a container that listens on port 8080, called http; {@code spec} may be more. */
    public static String pod(String name, String labels, String spec, String status) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {%s}}
                spec: {containers: [
                  {name: c, image: i, ports: [{name: http, containerPort: 8080}]}]%s}
                status: {%s}
                """.formatted(name, labels, spec.isEmpty() ? "" : ", " + spec, status);
    }

    /** A Service. */
    public static String service(String name, String spec) {
        return "---\napiVersion: v1\nkind: Service\nmetadata: {name: %s}\nspec: {%s}\n"
                .formatted(name, spec);
    }
}
