package dev.podhop.scenario;

import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
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
        return new ScenarioLoader(file, problems).load();
    }

    private Optional<LoadedScenario> load() {
        List<Mapping> documents = files.read(file);
        Manifests manifests = ManifestReader.read(documents, problems);
        Optional<LoadedScenario> loaded = manifests.own().isEmpty()
                ? loadDump(documents, manifests)
                : loadScenario(documents, manifests);
        return problems.isEmpty() ? loaded : Optional.empty();
    }

    private Optional<LoadedScenario> loadDump(List<Mapping> documents, Manifests manifests) {
        if (documents.isEmpty()) {
            if (problems.isEmpty()) {
                problems.unexpected(Location.startOf(file.toString()), "", "no document",
                        "Kubernetes manifests or a Scenario");
            }
            return Optional.empty();
        }
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        AddressChecks.check(manifests.objects(), List.of(), new Reading(problems, files));
        BareDump dump = new BareDump(manifests.objects(), manifests.kubeProxy());
        ScenarioSpec spec = dump.spec();
        String name = String.valueOf(file.getFileName());
        return Optional.of(new LoadedScenario(file, name, spec, manifests.objects(),
                kubeProxy(manifests), problems.warnings(), dump.assumptions(), true));
    }

    private Optional<LoadedScenario> loadScenario(List<Mapping> documents, Manifests manifests) {
        Mapping own = theOne(manifests.own());
        Reading reading = new Reading(problems, files);
        ScenarioDocument document =
                RecordForm.of(ScenarioDocument.class).read(own, FieldPath.root(), reading);
        if (document == null) {
            return Optional.empty();
        }
        Inventory inventory = new Inventory();
        inventory.addNames(documents);
        inventory.add(manifests.objects());
        ScenarioChecks.check(document.spec(), manifests.objects(), inventory, reading);
        NetworkGuess guess = new NetworkGuess(manifests.objects(), kubeProxy(manifests));
        return Optional.of(new LoadedScenario(file, document.metadata().name(),
                document.spec().withNetwork(guess.fill(document.spec().network())),
                manifests.objects(), kubeProxy(manifests), problems.warnings(), List.of(), false));
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

    private void tellUnlike(Mapping document, String key, String wanted) {
        String found = document.text(key);
        if (found != null && !found.equals(wanted)) {
            Location where = new Reading.Origin(document, FieldPath.root()).locate(key);
            problems.unexpected(where, key, "\"" + found + "\"", "\"" + wanted + "\"");
        }
    }

    private static KubeProxyConfiguration kubeProxy(Manifests manifests) {
        KubeProxyConfiguration given = manifests.kubeProxy();
        return given == null ? KubeProxyConfiguration.defaults() : given;
    }
}
