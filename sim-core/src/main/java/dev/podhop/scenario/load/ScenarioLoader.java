package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.NetworkPolicy;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.PackedDocuments;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.kubeproxy.ProxyGate;
import dev.podhop.net.Cidr;
import dev.podhop.scenario.Assumption;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.LoadedScenario.Outsider;
import dev.podhop.scenario.NetworkSpec;
import dev.podhop.scenario.Rereading;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.RecordForm;
import dev.podhop.scenario.form.ScenarioDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a scenario, or a bare dump of a cluster, from a file and the files that it names. */
public final class ScenarioLoader {

    /** Before what a Scenario's file leaves open; a dump's own list is printed so as well. */
    private static final String ASSUMED = "assumed: ";

    private final Path file;
    private final Problems problems;
    private final FileTree files;

    private ScenarioLoader(Path file, byte @Nullable [] standardInput, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.files = new FileTree(problems, standardInput);
    }

    /**
     * The scenario of a file; empty when there is any problem, and then {@code problems} has all
     * that could be found.
     */
    public static Optional<LoadedScenario> load(Path file, Problems problems) {
        return load(file, Overrides.NONE, problems);
    }

    /** The same with some fields of the file's documents changed. */
    public static Optional<LoadedScenario> load(Path file, Overrides overrides,
            Problems problems) {
        return load(file, null, overrides, problems);
    }

    /**
     * A file of plain manifests, checked as a change to a cluster that holds {@code before}; null
     * where it is empty.
     */
    public static Optional<LoadedScenario> load(Path file, @Nullable Path before,
            Overrides overrides, Problems problems) {
        return load(file, before, overrides, null, true, problems);
    }

    /**
     * The same where a file may be named {@code -}.
     *
     * @param standardInput what that name stands for; null for nothing
     * @param anywhere whether it may name files outside its repository or neighbourhood
     */
    public static Optional<LoadedScenario> load(Path file, @Nullable Path before,
            Overrides overrides, byte @Nullable [] standardInput, boolean anywhere,
            Problems problems) {
        ScenarioLoader loader = new ScenarioLoader(file, standardInput, problems);
        if (!anywhere) {
            loader.files.keepNear(file);
        }
        return loader.load(before, overrides);
    }

    /**
     * One way for both kinds of files: without a Scenario document all of it is assumed, with one
     * what that leaves open.
     */
    private Optional<LoadedScenario> load(@Nullable Path before, Overrides overrides) {
        List<Mapping> read = new PackedDocuments();
        if (before != null) {
            read.addAll(files.read(before));
        }
        read.addAll(files.read(file));
        return load(read, overrides);
    }

    private Optional<LoadedScenario> load(List<Mapping> read, Overrides overrides) {
        List<Mapping> documents = overrides.apply(read, problems);
        Completion completion =
                Completion.of(ManifestReader.read(documents, problems), file.toString());
        completion.warnings().forEach(problems::warn);
        Manifests written = completion.manifests();
        boolean bare = written.own().isEmpty();
        if (documents.isEmpty() && problems.isEmpty()) {
            problems.unexpected(Location.startOf(file.toString()), "", "no document",
                    "Kubernetes manifests or a Scenario");
        }
        Mapping own = bare ? emptyDocument() : theOne(written.own());
        List<Setting> settings = bare ? overrides.ofScenario() : List.of();
        Mapping meant = under(own, settings, new Problems());
        NodeLocalObjects caches = NodeLocalObjects.in(
                ApiServers.in(written, meant, new NetworkGuess(written), said(own).serviceCIDR()),
                meant);
        Manifests manifests = caches.manifests();
        Assumptions assumed = ShownCluster.of(manifests, own, said(own));
        Outsider outside = bare || meansOutside(assumed, own) ? null : assumed.withoutOutside();
        Mapping document = under(assumed.document(), settings, problems);
        ShownCluster.warnings(manifests).forEach(problems::warn);
        Reading reading = new Reading(problems, files);
        ScenarioDocument scenario = RecordForm.of(ScenarioDocument.class).read(document,
                FieldPath.root(), reading);
        // Even without a document, the objects' own mistakes are told in the same go.
        ScenarioSpec spec = scenario == null ? ScenarioDocument.emptySpec() : scenario.spec();
        ScenarioSpec filled = spec.withNetwork(new NetworkGuess(manifests).fill(spec.network()));
        Writes writes = new Writes(filled, problems);
        List<ApiObject> objects = objects(manifests, writes, reading, bare);
        if (scenario != null) {
            check(spec, documents, manifests, said(own).serviceCIDR(), reading);
            AnnotationRemarks.tell(spec.loadBalancer(), objects,
                    bare ? List.of() : writes.services(), problems);
            BalancerRemarks.tell(spec, objects, problems);
            SuspectAddresses.warnings(objects, filled.network()).forEach(problems::warn);
        }
        PortGuess ports = new PortGuess(manifests.objects(), filled.servers());
        ports.warnings().forEach(problems::warn);
        // What was set is assumed no more.
        boolean all = bare || assumed.isEvident();
        List<Assumption> made = assumed.made().stream()
                .filter(each -> settings.stream().noneMatch(s -> s.concerns(each.key())))
                .map(each -> all || each.key().equals(OutsideGuess.HOSTS) ? each : each.untold())
                .toList();
        KubeProxyConfiguration proxy =
                KubeProxyGuess.of(manifests.kubeProxy(), filled.network(), objects);
        gates(proxy, filled.kubernetesVersion().modelled().minor());
        List<String> notes = new ArrayList<>();
        Stream.of(completion.assumptions(), caches.assumptions(), ports.assumptions())
                .flatMap(List::stream)
                .forEach(line -> notes.add(ASSUMED + line));
        if (all) {
            notes.addAll(assumed.notes());
        }
        LoadedScenario loaded = new LoadedScenario(file,
                scenario == null ? "" : scenario.metadata().name(), filled, objects,
                proxy, ProxyNamesGuess.of(proxy, objects, problems), problems.warnings(), made,
                notes, bare,
                outside, NetworkPolicy.in(manifests.ignored()), document,
                again(read, overrides));
        return problems.isEmpty() ? Optional.of(loaded) : Optional.empty();
    }

    /** Gates that change nothing here are named once, in one line. */
    private void gates(KubeProxyConfiguration proxy, int minor) {
        List<String> unread = proxy.featureGates().keySet().stream()
                .filter(name -> ProxyGate.named(name).filter(gate -> gate.isSettable(minor))
                        .isEmpty())
                .toList();
        if (!unread.isEmpty()) {
            problems.warn(proxy.locationOf(FieldPath.of("featureGates")) + ": kube-proxy's feature"
                    + " gates " + String.join(", ", unread) + " are not read at Kubernetes 1."
                    + minor);
        }
    }

    /** What was read serves again: a file may have been changed, or been a pipe. */
    private Rereading again(List<Mapping> read, Overrides overrides) {
        return settings -> {
            Problems fresh = new Problems();
            Overrides all = overrides.and(Overrides.of(settings, fresh));
            return fresh.isEmpty() ? new ScenarioLoader(file, null, fresh).load(read, all)
                    : Optional.empty();
        };
    }

    /** What the API server is asked about in the order of time. */
    private List<ApiObject> objects(Manifests manifests, Writes writes, Reading reading,
            boolean bare) {
        if (bare) {
            return writes.applied(manifests);
        }
        manifests.refuseAgain(problems);
        writes.inTime(manifests, reading);
        return manifests.objects();
    }

    private void check(ScenarioSpec spec, List<Mapping> documents, Manifests manifests,
            List<Cidr> said, Reading reading) {
        // A range that is only guessed from the Services' addresses reserves nothing.
        List<Cidr> given = said.isEmpty() && spec.network().serviceCIDR().contains(
                NetworkGuess.SERVICES_V4) ? List.of(NetworkGuess.SERVICES_V4) : said;
        Inventory inventory = new Inventory();
        inventory.addNames(documents);
        inventory.add(manifests.objects());
        ScenarioChecks.check(spec, manifests.objects(), inventory, reading);
        ApiServers.tellTaken(manifests, given, problems);
    }

    /** What a document says of the network, whatever else is wrong with it. */
    private NetworkSpec said(Mapping document) {
        Reading quietly = new Reading(new Problems(), (name, path) -> List.of());
        NetworkSpec network = document.get("spec") instanceof Mapping spec
                && spec.get("network") instanceof Mapping given
                        ? RecordForm.of(NetworkSpec.class).read(given, FieldPath.root(), quietly)
                        : null;
        return network == null ? ScenarioDocument.emptySpec().network() : network;
    }

    /** In a Scenario over plain manifests somebody outside is there only when he is meant. */
    private static boolean meansOutside(Assumptions assumed, Mapping own) {
        return assumed.isEvident()
                || Trees.text(own).contains("external/" + OutsideGuess.NAME);
    }

    /** The Scenario of a file that has none. */
    private Mapping emptyDocument() {
        TreeBuilder document = new TreeBuilder(Location.startOf(file.toString()));
        return document.text("apiVersion", ScenarioDocument.API_VERSION)
                .text("kind", ScenarioDocument.KIND)
                .object("metadata", new TreeBuilder(Location.startOf(file.toString()))
                        .text("name", String.valueOf(file.getFileName())).build())
                .build();
    }

    /** Settings lie over what is assumed. */
    private static Mapping under(Mapping document, List<Setting> settings, Problems problems) {
        Mapping changed = document;
        for (Setting setting : settings) {
            changed = setting.applyTo(changed, setting.inSpec(), problems);
        }
        return changed;
    }

    /**
     * The file's Scenario. One that {@code podhop assume} wrote says what the others leave open,
     * and may stand beside one; any other is one too many.
     */
    private Mapping theOne(List<Mapping> own) {
        Mapping main = own.stream().filter(document -> !AssumedDocument.isOne(document))
                .findFirst().orElse(own.getFirst());
        Mapping whole = main;
        for (Mapping document : own) {
            tellUnlike(document, "apiVersion", ScenarioDocument.API_VERSION);
            tellUnlike(document, "kind", ScenarioDocument.KIND);
            if (document != main && AssumedDocument.isOne(document)) {
                whole = Assumptions.under(document, whole);
            } else if (document != main) {
                problems.unexpected(document.location(), "", "a second Scenario",
                        "one; the first is at " + main.location());
            }
        }
        return whole;
    }

    /** Told beside the rest: the document is read all the same, for its other mistakes. */
    private void tellUnlike(Mapping document, String key, String wanted) {
        String found = document.text(key);
        if (found != null && !found.equals(wanted)) {
            Location where = new Reading.Origin(document, FieldPath.root()).locate(key);
            problems.unexpected(where, key, "\"" + found + "\"", "\"" + wanted + "\"");
        }
    }
}
