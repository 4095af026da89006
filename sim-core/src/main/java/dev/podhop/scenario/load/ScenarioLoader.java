package dev.podhop.scenario.load;

import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.RecordForm;
import dev.podhop.scenario.form.ScenarioDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads a scenario, or a bare dump of a cluster, from a file and the files that it names. */
public final class ScenarioLoader {

    private final Path file;
    private final Problems problems;
    private final FileTree files;

    private ScenarioLoader(Path file, Problems problems) {
        this.file = file;
        this.problems = problems;
        this.files = new FileTree(problems);
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
        return new ScenarioLoader(file, problems).load(overrides);
    }

    /**
     * One way for both kinds of files; what differs is who fills in what the objects leave open.
     */
    private Optional<LoadedScenario> load(Overrides overrides) {
        List<Mapping> documents = overrides.apply(files.read(file), problems);
        Manifests manifests = ManifestReader.read(documents, problems);
        Optional<LoadedScenario> loaded = manifests.own().isEmpty()
                ? loadDump(documents, manifests)
                : loadScenario(documents, manifests);
        return problems.isEmpty() ? loaded : Optional.empty();
    }

    /** A cluster's dump: everything else is assumed, and told. */
    private Optional<LoadedScenario> loadDump(List<Mapping> documents, Manifests manifests) {
        if (documents.isEmpty() && problems.isEmpty()) {
            problems.unexpected(Location.startOf(file.toString()), "", "no document",
                    "Kubernetes manifests or a Scenario");
        }
        BareDump dump = new BareDump(manifests.objects(), manifests.kubeProxy());
        admit(manifests, dump.spec());
        return Optional.of(loaded(String.valueOf(file.getFileName()), dump.spec(), manifests,
                dump.assumptions(), true));
    }

    private Optional<LoadedScenario> loadScenario(List<Mapping> documents, Manifests manifests) {
        Reading reading = new Reading(problems, files);
        ScenarioDocument document = RecordForm.of(ScenarioDocument.class)
                .read(theOne(manifests.own()), FieldPath.root(), reading);
        // Even without a document, the objects' own mistakes are told in the same go.
        ScenarioSpec spec = document == null ? ScenarioDocument.emptySpec() : document.spec();
        NetworkGuess guess = new NetworkGuess(manifests.objects(), manifests.kubeProxy());
        ScenarioSpec filled = spec.withNetwork(guess.fill(spec.network()));
        admit(manifests, filled);
        if (document == null) {
            return Optional.empty();
        }
        Inventory inventory = new Inventory();
        inventory.addNames(documents);
        inventory.add(manifests.objects());
        ScenarioChecks.check(spec, manifests.objects(), inventory, reading);
        return Optional.of(
                loaded(document.metadata().name(), filled, manifests, List.of(), false));
    }

    /** Asks the API server's gate; what it fills in is filled in again for each cluster. */
    private void admit(Manifests manifests, ScenarioSpec spec) {
        new Admission(spec.network().serviceCIDR(),
                spec.kubernetesVersion().modelled().minor())
                .createAll(manifests.objects(), problems);
    }

    private LoadedScenario loaded(String name, ScenarioSpec spec, Manifests manifests,
            List<String> assumptions, boolean bareDump) {
        return new LoadedScenario(file, name, spec, manifests.objects(),
                KubeProxyGuess.of(manifests.kubeProxy(), spec.network()), problems.warnings(),
                assumptions, bareDump);
    }

    /** Tells of every document of ours but the first Scenario. */
    private Mapping theOne(List<Mapping> own) {
        Mapping first = own.getFirst();
        for (Mapping document : own) {
            tellUnlike(document, "apiVersion", ScenarioDocument.API_VERSION);
            tellUnlike(document, "kind", ScenarioDocument.KIND);
            if (document != first) {
                problems.unexpected(document.location(), "", "a second Scenario",
                        "one; the first is at " + first.location());
            }
        }
        return first;
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
