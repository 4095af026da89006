package dev.podhop.run.truth;

import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.nodedump.DumpedEntry;
import dev.podhop.nodedump.NodeDump;
import dev.podhop.run.stage.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Connection entries that send datagrams to who is no endpoint any more, or past all of them: UDP
 * has no end by which an entry would go, and each datagram keeps it alive. kube-proxy deletes them
 * ({@code conntrack.CleanStaleEntries}) when it has heard of the change.
 */
final class StaleEntries {

    /** So many are told. */
    private static final int MOST = 5;

    private final String node;
    private final NodeDump found;
    private final Owners owners;
    /** By Service port, {@code ip:port}. */
    private final Map<String, Set<String>> serving = new HashMap<>();

    StaleEntries(Stage stage, String node, NodeDump found, Owners owners) {
        this.node = node;
        this.found = found;
        this.owners = owners;
        if (!found.entries().isEmpty()) {
            stage.controlPlane().store().list(EndpointSlice.class).forEach(slice -> serve(slice,
                    slice.metadata().namespace() + "/" + slice.serviceName()));
        }
    }

    private void serve(EndpointSlice slice, String service) {
        for (EndpointPort port : slice.ports()) {
            Set<String> of = serving.computeIfAbsent(
                    service + (port.name().isEmpty() ? "" : ":" + port.name()),
                    s -> new HashSet<>());
            slice.endpoints().stream().filter(e -> e.isServing() || e.isReady())
                    .forEach(e -> e.addresses().forEach(ip -> of.add(
                            (ip.contains(":") ? "[" + ip + "]" : ip) + ":" + port.port())));
        }
    }

    List<Truth> found() {
        List<Truth> truths = new ArrayList<>();
        for (DumpedEntry entry : found.entries()) {
            String service = entry.protocol().equals("udp")
                    ? owners.ofServer("udp " + entry.destination()).orElse("")
                    : "";
            Set<String> of = serving.getOrDefault(service, Set.of());
            boolean past = entry.answers().equals(entry.destination());
            if (service.isEmpty() || of.contains(entry.answers().toString())
                    || past && (entry.replied() || of.isEmpty())) {
                continue;
            }
            String where = Truths.place(entry.where());
            truths.add(new Truth(Truth.Kind.STALE_ENTRY, node, entry.where(), past
                    ? TruthReason.UNTRANSLATED_ENTRY.of(node, entry.source(), service, where)
                    : TruthReason.STALE_ENTRY.of(node, entry.source(), service,
                            entry.answers(), where)));
            if (truths.size() == MOST) {
                break;
            }
        }
        return truths;
    }
}
