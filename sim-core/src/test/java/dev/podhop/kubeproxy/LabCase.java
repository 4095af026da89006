package dev.podhop.kubeproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.net.IpAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A scenario that was run on a real kernel, in the state in which its timeline leaves it. The files
 * lie among the test resources; another folder can be named with {@code -Dpodhop.lab=DIR}.
 */
public final class LabCase {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final List<JsonNode> documents;
    private final Manifests manifests;

    private LabCase(String name, List<JsonNode> documents) {
        this.name = name;
        this.documents = documents;
        this.manifests = manifests();
    }

    /** Names of the cases that ran in iptables mode, sorted. */
    public static List<String> names() {
        try (Stream<Path> files = Files.list(folder().resolve("cases"))) {
            return files.map(file -> file.getFileName().toString())
                    .map(file -> file.substring(0, file.length() - ".yaml".length()))
                    .filter(name -> !name.endsWith(".nft") && !name.endsWith(".ipvs")).sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        return Corpus.folder("podhop.lab", "lab");
    }

    /** A case as its timeline leaves it. */
    public static LabCase read(String name) {
        Path file = folder().resolve("cases").resolve(name + ".yaml");
        List<JsonNode> documents = new ArrayList<>();
        new YAMLMapper().readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())
                .forEachRemaining(documents::add);
        LabCase test = new LabCase(name, documents);
        test.scenario().path("timeline").forEach(event -> apply(event, documents));
        return new LabCase(name, documents);
    }

    private static void apply(JsonNode event, List<JsonNode> documents) {
        if (event.has("delete")) {
            documents.removeIf(document -> isTarget(document, event.get("delete").asString()));
        } else if (event.has("patch")) {
            JsonNode patch = event.get("patch");
            documents.stream().filter(document -> isTarget(document,
                    patch.get("target").asString()))
                    .forEach(document -> merge((ObjectNode) document, patch.get("with")));
        } else if (!event.has("send")) {
            throw new IllegalStateException("an event that no lab case has: " + event);
        }
    }

    private static boolean isTarget(JsonNode document, String target) {
        return target.equalsIgnoreCase(document.path("kind").asString("") + "/"
                + document.path("metadata").path("name").asString(""));
    }

    /** RFC 7386. */
    private static void merge(ObjectNode target, JsonNode patch) {
        patch.properties().forEach(entry -> {
            if (entry.getValue().isObject() && target.path(entry.getKey()).isObject()) {
                merge((ObjectNode) target.get(entry.getKey()), entry.getValue());
            } else if (entry.getValue().isNull()) {
                target.remove(entry.getKey());
            } else {
                target.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private Manifests manifests() {
        Problems problems = new Problems();
        String list = JSON.writeValueAsString(
                Map.of("apiVersion", "v1", "kind", "List", "items", documents));
        Manifests read = ManifestReader.read(YamlReader.read(name, list, problems), problems);
        assertThat(problems.all()).isEmpty();
        return read;
    }

    private JsonNode scenario() {
        return documents.stream().filter(document -> document.get("kind").asString()
                .equals("Scenario")).findFirst().orElseThrow().get("spec");
    }

    private <T extends ApiObject> List<T> objects(Class<T> type) {
        return manifests.objects().stream().filter(type::isInstance).map(type::cast).toList();
    }

    public ProxyVersion version() {
        return ProxyVersion.of(scenario().get("kubernetesVersion").asString());
    }

    public ProxyConfig config() {
        return ProxyConfig.of(manifests.kubeProxy(), version());
    }

    public List<Node> nodes() {
        return objects(Node.class);
    }

    /** A node with the addresses that the lab's interfaces had. */
    public ProxyNode node(Node node) {
        List<IpAddress> addresses = new ArrayList<>(node.internalAddresses());
        addresses.add(IpAddress.LOOPBACK_V4);
        addresses.add(IpAddress.LOOPBACK_V6);
        return ProxyNode.of(node, addresses);
    }

    public ProxyTables tables() {
        List<Service> services = objects(Service.class);
        List<EndpointSlice> slices = new ArrayList<>(objects(EndpointSlice.class));
        for (Service service : services) {
            boolean own = slices.stream()
                    .anyMatch(slice -> slice.serviceName().equals(service.metadata().name()));
            if (!own) {
                slices.addAll(DerivedSlices.of(service, objects(Pod.class)));
            }
        }
        return ProxyTables.of(version(), services, slices);
    }

    /** Whether pods' traffic to outside the cluster is masqueraded by the CNI. */
    public boolean ipMasq() {
        return scenario().path("network").path("ipMasq").asBoolean(false);
    }

    /**
     * What {@code iptables-save} printed on a node; of a dual-stack node, {@code ip6tables-save}
     * too.
     */
    public String observed(String node) {
        try {
            return Files.readString(folder().resolve("observed").resolve(name)
                    .resolve(node + ".iptables-save"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
