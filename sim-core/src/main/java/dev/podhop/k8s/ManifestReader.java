package dev.podhop.k8s;

import dev.podhop.k8s.schema.FieldTable;
import dev.podhop.k8s.schema.StrictCheck;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.PackedDocuments;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Turns documents into objects: finds out what each one is, flattens lists, checks every field's
 * name and type, and reads what passes. What does not is a problem each, and the other documents
 * are read all the same.
 */
public final class ManifestReader {

    private static final class Tables {
        // Loaded with the first manifest, not with the first mention of this class.
        static final FieldTable API = FieldTable.load("api-fields.txt");
        static final FieldTable KUBE_PROXY = FieldTable.load("kubeproxy-fields.txt");
    }

    /** A name has 63 characters, five of which are drawn. */
    private static final int LONGEST_STEM = 58;

    private static final String KUBE_PROXY_KIND = "KubeProxyConfiguration";

    private final Problems problems;
    private final StrictCheck check;
    private final StrictCheck checkServers;
    private final Set<String> newer = new TreeSet<>();
    private final Map<ObjectKey, ApiObject> objects = new LinkedHashMap<>();
    private final List<ApiObject> again = new ArrayList<>();
    private final List<Mapping> own = new ArrayList<>();
    private final List<Mapping> ignored = new ArrayList<>();
    private @Nullable KubeProxyConfiguration kubeProxy;
    /** What is being read, and what holds it: an object that is all of it keeps no copy. */
    private Mapping document = new Mapping(Location.startOf(""), List.of());
    private SourceTree packed = SourceTree.of(document);

    private ManifestReader(Problems problems) {
        this.problems = problems;
        this.check = StrictCheck.strict(Tables.API, problems);
        // Lists' indices tell nothing: what one item has, most have.
        this.checkServers = StrictCheck.noting(Tables.API, problems,
                (entry, path) -> newer.add(path.toString().replaceAll("\\[\\d+]", "[]")));
    }

    /** Reads the documents of one file. */
    public static Manifests read(Path file, Problems problems) {
        return read(YamlReader.read(file, problems), problems);
    }

    /** Reads documents of any number of files. */
    public static Manifests read(List<Mapping> documents, Problems problems) {
        ManifestReader reader = new ManifestReader(problems);
        for (int i = 0; i < documents.size(); i++) {
            reader.document = documents.get(i);
            reader.packed = documents instanceof PackedDocuments all ? all.tree(i)
                    : SourceTree.of(reader.document);
            reader.readDocument(reader.document, "", "");
        }
        reader.warnOfIgnored();
        reader.warnOfNewer();
        KubeProxyConfiguration proxy = reader.kubeProxy;
        proxy = proxy == null ? reader.kubeProxyOfDump() : proxy;
        if (proxy != null) {
            KubeProxyChecks.check(proxy, problems);
        }
        return new Manifests(List.copyOf(reader.objects.values()), reader.again, proxy,
                reader.own, reader.ignored);
    }

    /**
     * Reads one object again after a change to its tree.
     *
     * @return null, with problems told, if the tree is no such object
     */
    public static @Nullable ApiObject reread(ApiKind kind, Mapping tree, Problems problems) {
        return StrictCheck.strict(Tables.API, problems).check(tree, kind.typeName())
                ? view(kind, tree)
                : null;
    }

    /** The record of a tree that is known to be an object of the kind. */
    public static ApiObject view(ApiKind kind, Mapping tree) {
        return switch (kind) {
            case NODE -> Node.read(tree);
            case NAMESPACE -> Namespace.read(tree);
            case POD -> Pod.read(tree);
            case SERVICE -> Service.read(tree);
            case ENDPOINTS -> Endpoints.read(tree);
            case CONFIG_MAP -> ConfigMap.read(tree);
            case REPLICATION_CONTROLLER -> ReplicationController.read(tree);
            case DEPLOYMENT -> Deployment.read(tree);
            case REPLICA_SET -> ReplicaSet.read(tree);
            case STATEFUL_SET -> StatefulSet.read(tree);
            case DAEMON_SET -> DaemonSet.read(tree);
            case ENDPOINT_SLICE -> EndpointSlice.read(tree);
        };
    }

    /**
     * {@code apiVersion} and {@code kind} are given for an item of a typed list, which need not
     * repeat them.
     */
    private void readDocument(Mapping document, String listApiVersion, String listKind) {
        String apiVersion = orElse(document.text("apiVersion"), listApiVersion);
        String kind = orElse(document.text("kind"), listKind);
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            String missing = kind.isEmpty() ? "kind" : "apiVersion";
            problems.misspelt(document.location(), missing, "found an object without " + missing
                    + ", expected apiVersion and kind", missing, document.keys());
            return;
        }
        if (apiVersion.startsWith("podhop.dev/")) {
            own.add(document);
        } else if (isList(document, kind)) {
            readList(document, apiVersion, kind.substring(0, kind.length() - "List".length()));
        } else if (Kinds.isKubeProxy(apiVersion) && kind.equals(KUBE_PROXY_KIND)) {
            readKubeProxy(document);
        } else {
            readObject(document, apiVersion, kind);
        }
    }

    private static boolean isList(Mapping document, String kind) {
        return kind.equals("List") || kind.endsWith("List") && document.get("items") != null;
    }

    private void readList(Mapping list, String apiVersion, String itemKind) {
        for (Entry entry : list.entries()) {
            if (!Kinds.LIST_FIELDS.contains(entry.key())) {
                problems.misspelt(entry.keyLocation(), entry.key(),
                        "unknown field \"" + entry.key() + "\", expected one of "
                                + String.join(", ", Kinds.LIST_FIELDS),
                        entry.key(), Kinds.LIST_FIELDS);
            }
        }
        YamlNode items = list.get("items");
        if (!(items instanceof Sequence sequence)) {
            // Go prints a list that was never filled as null.
            if (items != null && !isNull(items)) {
                problems.unexpected(items.location(), "items", items.describe(), "a list");
            }
            return;
        }
        String version = itemKind.isEmpty() ? "" : apiVersion;
        boolean printed = Printed.isList(list);
        for (YamlNode item : sequence.items()) {
            if (item instanceof Mapping mapping) {
                readDocument(printed ? Printed.itemOf(mapping) : mapping, version, itemKind);
            } else {
                problems.unexpected(item.location(), "items", item.describe(),
                        "a mapping with apiVersion and kind");
            }
        }
    }

    private void readKubeProxy(Mapping document) {
        if (kubeProxy != null) {
            problems.error(document.location(), "", "found a second " + KUBE_PROXY_KIND
                    + ", expected one; the first is at " + kubeProxy.source().location());
        } else if (StrictCheck.strict(Tables.KUBE_PROXY, problems).check(document,
                KUBE_PROXY_KIND)) {
            kubeProxy = KubeProxyConfiguration.read(document);
            if (document.get("ipvs") instanceof Mapping ipvs && ipvs.get("masqueradeAll") != null) {
                problems.warn(Trees.locate(ipvs, FieldPath.of("masqueradeAll"))
                        + ": kube-proxy does not read ipvs.masqueradeAll, but"
                        + " iptables.masqueradeAll in every mode but nftables");
            }
        }
    }

    private void readObject(Mapping document, String apiVersion, String kind) {
        Optional<ApiKind> known = ApiKind.of(apiVersion, kind);
        if (known.isEmpty()) {
            // What a server printed is of a version that it had, or has.
            if (Printed.is(document)
                    || !Kinds.tellUnknown(document, apiVersion, kind, problems)) {
                ignored.add(named(named(document, "kind", kind), "apiVersion", apiVersion));
            }
        } else if (checkOf(document).check(document, known.get().typeName())) {
            keep(view(known.get(), generated(document)));
        }
    }

    /**
     * A name for an object that leaves its choice to the server ({@code
     * SimpleNameGenerator.GenerateName}). The server draws five letters; here its place decides.
     */
    private static Mapping generated(Mapping document) {
        if (!(document.get("metadata") instanceof Mapping meta) || meta.text("name") != null
                || !(meta.get("generateName") instanceof Scalar base) || base.text().isEmpty()) {
            return document;
        }
        Location where = document.location();
        String stem = base.text().substring(0, Math.min(base.text().length(), LONGEST_STEM));
        String name = stem + NameSuffix.of(where.line(), stem, where.column());
        return Trees.set(document, TreeBuilder.string(base.location(), name), "metadata", "name");
    }

    /** An item of a typed list does not say itself what it is. */
    private static Mapping named(Mapping document, String key, String value) {
        return document.text(key) != null ? document
                : document.with(key, TreeBuilder.string(document.location(), value));
    }

    /** What a server has printed cannot be misspelt: a field unknown here is of a newer API. */
    private StrictCheck checkOf(Mapping document) {
        return Printed.is(document) ? checkServers : check;
    }

    /** Of two dumps one after another in a file, the later one tells how things are. */
    private static boolean isLaterPrint(ApiObject first, ApiObject second) {
        String version = first.metadata().resourceVersion();
        String later = second.metadata().resourceVersion();
        return !version.isEmpty() && !later.isEmpty() && !later.equals(version)
                && first.place().file().equals(second.place().file());
    }

    private static boolean isNull(YamlNode node) {
        return node instanceof Scalar scalar && scalar.kind() == Scalar.Kind.NULL;
    }

    private void keep(ApiObject object) {
        object.tree().pack(packed.pack(), document);
        ApiObject first = objects.putIfAbsent(object.key(), object);
        if (first != null && isLaterPrint(first, object)) {
            objects.put(object.key(), object);
            return;
        }
        // "kubectl get all,svc" prints a Service twice; only two different ones contradict each
        // other.
        if (first != null && !Trees.same(first.source(), object.source())) {
            again.add(object);
        }
    }

    /** A field of a newer kube-proxy than is known here is no mistake. */
    private @Nullable KubeProxyConfiguration kubeProxyOfDump() {
        List<Mapping> sources = objects.values().stream().map(ApiObject::source).toList();
        return DumpedKubeProxy.find(sources, problems)
                .filter(document -> StrictCheck.lenient(Tables.KUBE_PROXY, problems)
                        .check(document, KUBE_PROXY_KIND))
                .map(KubeProxyConfiguration::read).orElse(null);
    }

    private void warnOfIgnored() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Mapping document : ignored) {
            counts.merge(document.text("kind") + " (" + document.text("apiVersion") + ")", 1,
                    Integer::sum);
        }
        if (!counts.isEmpty()) {
            List<String> names = new ArrayList<>();
            counts.forEach((name, count) -> names.add(count + " " + name));
            problems.warn("not simulated, ignored: " + String.join(", ", names));
        }
    }

    private void warnOfNewer() {
        if (!newer.isEmpty()) {
            problems.warn("fields that are not known here, ignored in what a server has printed: "
                    + String.join(", ", newer));
        }
    }

    private static String orElse(@Nullable String text, String absent) {
        return text == null || text.isEmpty() ? absent : text;
    }
}
