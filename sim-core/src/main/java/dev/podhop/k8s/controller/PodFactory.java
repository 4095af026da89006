package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.PodTemplate;
import dev.podhop.k8s.Replicated;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.Workload;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Makes pods from a workload's template ({@code GetPodFromTemplate}), which nobody has scheduled
 * yet. Their places in the file are the template's.
 */
final class PodFactory {

    private static final String NAME_LABEL = "statefulset.kubernetes.io/pod-name";
    private static final String INDEX_LABEL = "apps.kubernetes.io/pod-index";
    private static final String TAINTS = "node.kubernetes.io/";

    private PodFactory() {}

    /** One of a ReplicaSet's or a ReplicationController's. */
    static Pod replica(Replicated set, String name) {
        return create(set, set.template(), name, Map.of(), spec -> spec);
    }

    /** A StatefulSet's of that number, with a host name of its own. */
    static Pod stateful(StatefulSet set, int ordinal, String hash, PodTemplate template) {
        String name = set.metadata().name() + "-" + ordinal;
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(NAME_LABEL, name);
        labels.put(INDEX_LABEL, String.valueOf(ordinal));
        labels.put(Revisions.HASH_LABEL, Revisions.label(set, hash));
        return create(set, template, name, labels, spec -> {
            Mapping named = spec.with("hostname", TreeBuilder.string(spec.location(), name));
            return set.serviceName().isEmpty() ? named
                    : named.with("subdomain",
                            TreeBuilder.string(spec.location(), set.serviceName()));
        });
    }

    /**
     * A DaemonSet's for that node, which stays there whatever becomes of the node
     * ({@code AddOrUpdateDaemonPodTolerations}).
     */
    static Pod daemon(DaemonSet set, Node node, String name, String hash) {
        return create(set, set.template(), name, Map.of(Revisions.HASH_LABEL, hash),
                spec -> tolerant(pinned(spec, node.metadata().name()), set));
    }

    /** {@code ReplaceDaemonSetPodNodeNameNodeAffinity}. */
    private static Mapping pinned(Mapping spec, String node) {
        Location where = spec.location();
        Mapping field = new TreeBuilder(where).text("key", "metadata.name").text("operator", "In")
                .texts("values", List.of(node)).build();
        Mapping term = new TreeBuilder(where).list("matchFields", List.of(field)).build();
        return Trees.set(spec, new Sequence(where, List.of(term)), "affinity", "nodeAffinity",
                "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
    }

    private static Mapping tolerant(Mapping spec, DaemonSet set) {
        Location where = spec.location();
        List<YamlNode> all = new ArrayList<>();
        if (spec.get("tolerations") instanceof Sequence known) {
            all.addAll(known.items());
        }
        for (Node.Taint taint : tolerated(set.template().spec().hostNetwork())) {
            all.add(new TreeBuilder(where).text("key", taint.key()).text("operator", "Exists")
                    .text("effect", taint.effect()).build());
        }
        return spec.with("tolerations", new Sequence(where, all));
    }

    private static List<Node.Taint> tolerated(boolean hostNetwork) {
        List<Node.Taint> taints = new ArrayList<>();
        for (String key : List.of("not-ready", "unreachable")) {
            taints.add(new Node.Taint(TAINTS + key, "", "NoExecute"));
        }
        for (String key : List.of("disk-pressure", "memory-pressure", "pid-pressure",
                "unschedulable")) {
            taints.add(new Node.Taint(TAINTS + key, "", "NoSchedule"));
        }
        if (hostNetwork) {
            taints.add(new Node.Taint(TAINTS + "network-unavailable", "", "NoSchedule"));
        }
        return taints;
    }

    /** Whether every DaemonSet's pods tolerate the taint. */
    static boolean daemonsTolerate(Node.Taint taint, boolean hostNetwork) {
        return tolerated(hostNetwork).stream().anyMatch(
                t -> t.key().equals(taint.key()) && t.effect().equals(taint.effect()));
    }

    private static Pod create(Workload owner, PodTemplate template, String name,
            Map<String, String> labels, UnaryOperator<Mapping> spec) {
        Location where = template.source().location();
        Map<String, String> all = new LinkedHashMap<>(template.labels());
        all.putAll(labels);
        TreeBuilder metadata = new TreeBuilder(where).text("name", name)
                .text("namespace", owner.metadata().namespace()).map("labels", all);
        if (template.source().get("metadata") instanceof Mapping meta
                && meta.get("annotations") instanceof Mapping annotations) {
            metadata.object("annotations", annotations);
        }
        metadata.list("ownerReferences", List.of(reference(owner, where)));
        Mapping podSpec = template.source().get("spec") instanceof Mapping m ? m
                : new Mapping(where, List.of());
        Mapping tree = new TreeBuilder(where).text("apiVersion", "v1").text("kind", "Pod")
                .object("metadata", metadata.build()).object("spec", spec.apply(podSpec)).build();
        return (Pod) ManifestReader.view(ApiKind.POD, tree);
    }

    /** The entry that makes {@code owner} an object's controller. */
    static Mapping reference(Workload owner, Location where) {
        return new TreeBuilder(where).text("apiVersion", owner.kind().apiVersion())
                .flag("blockOwnerDeletion", true).flag("controller", true)
                .text("kind", owner.kind().kind()).text("name", owner.metadata().name())
                .text("uid", owner.metadata().uid()).build();
    }
}
