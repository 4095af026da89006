package dev.podhop.kubeproxy;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One case of a flow file of the corpus: a node, Services, slices, and what must be seen. */
public record CorpusCase(String name, JsonNode facts) {

    /** All cases of the flow files whose names begin so, a case's own keys over its file's. */
    public static List<CorpusCase> of(String prefix) {
        List<CorpusCase> cases = new ArrayList<>();
        for (String file : Corpus.files(prefix)) {
            JsonNode facts = Corpus.read(file);
            if (facts.has("kind")) {
                continue;
            }
            if (!facts.has("cases")) {
                cases.add(new CorpusCase(file, facts));
            }
            for (JsonNode own : facts.path("cases")) {
                ObjectNode merged = ((ObjectNode) facts.deepCopy());
                ObjectNode node = (ObjectNode) merged.get("node");
                own.properties().forEach(entry -> {
                    if (entry.getKey().equals("node")) {
                        node.setAll((ObjectNode) entry.getValue());
                    } else {
                        merged.set(entry.getKey(), entry.getValue());
                    }
                });
                cases.add(new CorpusCase(file + ", " + own.get("name").asString(), merged));
            }
        }
        return cases;
    }

    public JsonNode node() {
        return facts.get("node");
    }

    public List<JsonNode> flows() {
        return Corpus.list(facts.path("flows"));
    }

    public IpFamily family() {
        return IpFamily.valueOf(node().get("family").asString());
    }

    /** The Services with their endpoints. */
    public ServiceTable table() {
        List<Service> services = Corpus.list(facts.path("services")).stream()
                .map(CorpusObjects::service).toList();
        List<EndpointSlice> slices = new ArrayList<>();
        for (JsonNode slice : facts.path("endpoints")) {
            slices.add(CorpusObjects.slice(slice, slices.size()));
        }
        return ProxyTables.of(ProxyVersion.NEWEST, services, slices).of(family());
    }

    public ProxyConfig config(ProxyMode mode) {
        return CorpusObjects.config(node(), mode);
    }

    public FamilyNode familyNode(ProxyMode mode) {
        return FamilyNode.of(family(), CorpusObjects.node(node()), config(mode));
    }

    /** A flow's first packet, where it enters. */
    public FakePacket packet(JsonNode flow) {
        FakePacket packet = new FakePacket();
        packet.from(flow.get("sourceIP").asString()).to(flow.get("destIP").asString(),
                flow.get("destPort").asInt());
        packet.protocol = L4Protocol.valueOf(flow.get("protocol").asString());
        Corpus.texts(node().path("localIPs")).forEach(ip -> packet.local.add(IpAddress.of(ip)));
        packet.hook = packet.isLocalAddress(packet.source) ? Hook.OUTPUT : Hook.PREROUTING;
        return packet;
    }
}
