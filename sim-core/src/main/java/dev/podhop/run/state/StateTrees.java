package dev.podhop.run.state;

import dev.podhop.cloud.Backend;
import dev.podhop.cloud.Instance;
import dev.podhop.cloud.InstanceListener;
import dev.podhop.cluster.Cluster;
import dev.podhop.dns.DnsRecord;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.net.Tuple;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackEntry;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.run.stage.ClusterNames;
import dev.podhop.run.stage.ControlPlane;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state at one moment, as trees that {@code expect.state} is held against. */
final class StateTrees {

    /** What no file has written. */
    private static final Location NOWHERE = Location.startOf("(state)");

    private StateTrees() {}

    /** One of the parts of {@code expect.state}. */
    static Mapping of(String what, Stage stage) {
        return switch (what) {
            case "conntrack" -> conntrack(stage.cluster());
            case "slices" -> slices(stage.controlPlane());
            case "loadBalancer" -> loadBalancers(stage.controlPlane());
            case "dns" -> dns(stage.names());
            default -> throw new IllegalArgumentException(what);
        };
    }

    private static TreeBuilder tree() {
        return new TreeBuilder(NOWHERE);
    }

    private static Mapping conntrack(Cluster cluster) {
        TreeBuilder nodes = tree();
        for (String name : cluster.nodeNames()) {
            NetworkNamespace node = cluster.node(name);
            ConntrackTable table = node == null ? null : node.conntrack();
            if (table != null) {
                long now = cluster.network().simulation().nowNanos();
                nodes.node(name, list(table.list(now).stream().map(StateTrees::entry).toList()));
            }
        }
        return nodes.build();
    }

    private static Mapping entry(ConntrackEntry entry) {
        return tuple(tree().text("protocol", entry.protocol().toString()), entry.original())
                .node("reply", tuple(tree(), entry.reply()).build())
                .text("state", entry.state()).flag("assured", entry.assured())
                .flag("seenReply", entry.seenReply()).flag("dnat", entry.destinationNat())
                .flag("snat", entry.sourceNat()).exactly("timeout", (int) entry.timeoutSeconds())
                .exactly("mark", entry.mark()).build();
    }

    private static TreeBuilder tuple(TreeBuilder tree, Tuple tuple) {
        return tree.text("src", tuple.source().toString())
                .text("dst", tuple.destination().toString())
                .exactly("sport", tuple.sourcePort()).exactly("dport", tuple.destinationPort());
    }

    /** Slices are named by the controller, so that a file can only name their Services. */
    private static Mapping slices(ControlPlane controlPlane) {
        Map<String, List<Mapping>> byService = new LinkedHashMap<>();
        for (EndpointSlice slice : controlPlane.objects().slices()) {
            byService.computeIfAbsent(
                    Names.qualified(slice.metadata().namespace(), slice.serviceName()),
                    name -> new ArrayList<>()).add(slice.source());
        }
        TreeBuilder services = tree();
        byService.forEach((name, slices) -> services.node(name, list(slices)));
        return services.build();
    }

    /** As the first of its servers knows them, caches left aside. */
    private static Mapping dns(ClusterNames names) {
        Map<String, Map<String, List<YamlNode>>> byName = new LinkedHashMap<>();
        for (DnsRecord each : names.dns().any().zone().records()) {
            byName.computeIfAbsent(each.name(), name -> new LinkedHashMap<>())
                    .computeIfAbsent(each.type().name(), type -> new ArrayList<>())
                    .add(new Scalar(NOWHERE, each.data(), Scalar.Kind.STRING, true));
        }
        TreeBuilder tree = tree();
        byName.forEach((name, types) -> {
            TreeBuilder own = tree();
            types.forEach((type, data) -> own.node(type, new Sequence(NOWHERE, data)));
            tree.node(name, own.build());
        });
        return tree.build();
    }

    /** By Service, whoever's instance it uses; and by id, as some instances are nobody's. */
    private static Mapping loadBalancers(ControlPlane controlPlane) {
        TreeBuilder all = tree();
        for (Service service : controlPlane.objects().services()) {
            if (service.spec().isType(ServiceSpec.LOAD_BALANCER)) {
                String namespace = service.metadata().namespace();
                String name = service.metadata().name();
                String objection = controlPlane.objection(namespace + "/" + name);
                Instance held = controlPlane.held(service);
                all.node(Names.qualified(namespace, name),
                        (held == null ? tree().node("addresses", list(List.of()))
                                : instance(held)).text("objection", objection).build());
            }
        }
        controlPlane.cloud().instances().forEach(i -> all.node(i.id(), instance(i).build()));
        return all.build();
    }

    private static TreeBuilder instance(Instance instance) {
        return tree().text("id", instance.id()).text("access", instance.access().toString())
                .texts("addresses", instance.vips().stream().map(Object::toString).toList())
                .map("tags", instance.tags()).node("listeners", list(
                        instance.listeners().stream().map(StateTrees::listener).toList()));
    }

    private static Mapping listener(InstanceListener listener) {
        return tree().text("protocol", listener.protocol().toString())
                .exactly("port", listener.port()).text("name", listener.name())
                .node("targets",
                        list(listener.backends().stream().map(StateTrees::target).toList()))
                .build();
    }

    private static Mapping target(Backend target) {
        return tree().text("name", target.name()).text("address", target.endpoint().toString())
                .exactly("weight", target.weight()).flag("healthy", target.healthy()).build();
    }

    /** Unlike the API's, a list of ours that is empty is there: that it is empty can be asked. */
    private static Sequence list(List<Mapping> items) {
        return new Sequence(NOWHERE, List.copyOf(items));
    }
}
