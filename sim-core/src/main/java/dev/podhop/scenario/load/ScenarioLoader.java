package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.scenario.LoadedScenario;
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
        return load(file, null, overrides, problems);
    }

    /**
     * A file of plain manifests, checked as a change to a cluster that holds {@code before}; null
     * where it is empty.
     */
    public static Optional<LoadedScenario> load(Path file, @Nullable Path before,
            Overrides overrides, Problems problems) {
        ScenarioLoader loader = new ScenarioLoader(file, problems);
        return loader.load(before, overrides);
    }

    /**
     * One way for both kinds of files; what differs is who fills in what the objects leave open.
     */
    private Optional<LoadedScenario> load(@Nullable Path before, Overrides overrides) {
        List<Mapping> read = new ArrayList<>(before == null ? List.of() : files.read(before));
        read.addAll(files.read(file));
        return load(List.copyOf(read), overrides);
    }

    private Optional<LoadedScenario> load(List<Mapping> read, Overrides overrides) {
        List<Mapping> documents = overrides.apply(read, problems);
        Completion completion =
                Completion.of(ManifestReader.read(documents, problems), file.toString());
        Manifests manifests = completion.manifests();
        completion.warnings().forEach(problems::warn);
        Rereading rereading = again(read, overrides);
        Optional<LoadedScenario> loaded = manifests.own().isEmpty()
                ? loadDump(documents, completion, overrides.ofScenario(), rereading)
                : loadScenario(documents, completion, rereading);
        return problems.isEmpty() ? loaded : Optional.empty();
    }

    /** What was read serves again: a file may have been changed, or been a pipe. */
    private Rereading again(List<Mapping> read, Overrides overrides) {
        return settings -> {
            Problems fresh = new Problems();
            Overrides all = overrides.and(Overrides.of(settings, fresh));
            return fresh.isEmpty() ? new ScenarioLoader(file, fresh).load(read, all)
                    : Optional.empty();
        };
    }

    /** A cluster's dump: everything else is assumed, and told. */
    private Optional<LoadedScenario> loadDump(List<Mapping> documents, Completion completion,
            List<Setting> settings, Rereading rereading) {
        Manifests manifests = completion.manifests();
        if (documents.isEmpty() && problems.isEmpty()) {
            problems.unexpected(Location.startOf(file.toString()), "", "no document",
                    "Kubernetes manifests or a Scenario");
        }
        BareDump dump = new BareDump(manifests);
        dump.warnings().forEach(problems::warn);
        PortGuess ports = new PortGuess(manifests.objects(), List.of());
        ports.warnings().forEach(problems::warn);
        ScenarioSpec spec = settings.isEmpty() ? dump.spec()
                : set(documents, manifests, settings, dump.spec());
        List<ApiObject> last = new Writes(spec, problems).applied(manifests);
        AnnotationRemarks.tell(spec.loadBalancer(), last, List.of(), problems);
        BalancerRemarks.tell(spec, last, problems);
        // What was set is assumed no more.
        List<String> assumptions = Stream.of(completion.assumptions(),
                ports.assumptions(), dump.assumptions()).flatMap(List::stream)
                .filter(line -> settings.stream().noneMatch(
                        setting -> line.startsWith(setting.key() + ": ")))
                .toList();
        return Optional.of(loaded(String.valueOf(file.getFileName()), spec, last,
                manifests.kubeProxy(), assumptions, true, rereading));
    }

    /** The guess with settings laid over it, checked like a written Scenario. */
    private ScenarioSpec set(List<Mapping> documents, Manifests manifests, List<Setting> settings,
            ScenarioSpec guessed) {
        Reading reading = new Reading(problems, files);
        ScenarioSpec spec = GuessedScenario.under(settings, guessed,
                Location.startOf(file.toString()), reading);
        if (spec == null) {
            return guessed;
        }
        Inventory inventory = new Inventory();
        inventory.addNames(documents);
        inventory.add(manifests.objects());
        ScenarioChecks.check(spec, manifests.objects(), inventory, reading);
        return spec;
    }

    private Optional<LoadedScenario> loadScenario(List<Mapping> documents,
            Completion completion, Rereading rereading) {
        Manifests manifests = completion.manifests();
        completion.assumptions().forEach(line -> problems.warn(ASSUMED + line));
        Reading reading = new Reading(problems, files);
        ScenarioDocument document = RecordForm.of(ScenarioDocument.class)
                .read(theOne(manifests.own()), FieldPath.root(), reading);
        // Even without a document, the objects' own mistakes are told in the same go.
        ScenarioSpec spec = document == null ? ScenarioDocument.emptySpec() : document.spec();
        ScenarioSpec filled = spec.withNetwork(new NetworkGuess(manifests).fill(spec.network()));
        PortGuess ports = new PortGuess(manifests.objects(), filled.servers());
        ports.assumptions().forEach(line -> problems.warn(ASSUMED + line));
        ports.warnings().forEach(problems::warn);
        manifests.refuseAgain(problems);
        Writes writes = new Writes(filled, problems);
        writes.inTime(manifests);
        if (document == null) {
            return Optional.empty();
        }
        Inventory inventory = new Inventory();
        inventory.addNames(documents);
        inventory.add(manifests.objects());
        ScenarioChecks.check(spec, manifests.objects(), inventory, reading);
        AnnotationRemarks.tell(spec.loadBalancer(), manifests.objects(), writes.services(),
                problems);
        BalancerRemarks.tell(spec, manifests.objects(), problems);
        return Optional.of(loaded(document.metadata().name(), filled, manifests.objects(),
                manifests.kubeProxy(), List.of(), false, rereading));
    }

    private LoadedScenario loaded(String name, ScenarioSpec spec, List<ApiObject> objects,
            @Nullable KubeProxyConfiguration kubeProxy, List<String> assumptions,
            boolean bareDump, Rereading rereading) {
        return new LoadedScenario(file, name, spec, objects,
                KubeProxyGuess.of(kubeProxy, spec.network(), objects), problems.warnings(),
                assumptions, bareDump, rereading);
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
