package dev.podhop.scenario.load;

import dev.podhop.cloud.LoadBalancerSettings;
import dev.podhop.cloud.PortRules;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.net.Cidr;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.PatchTarget;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.scenario.form.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks the API server about everything that a file would write, in the order in which it would be
 * written. What the server fills in is filled in again for each cluster that is simulated.
 *
 * <p>Only what the file itself writes is there: a pod that some controller makes is neither
 * patched nor missed.
 */
final class Writes {

    /** A pod's own may be longer; then the run itself finds that it is gone. */
    private static final long GRACE_NANOS = 31 * SimTime.SECOND;

    private final ScenarioSpec spec;
    private final Problems problems;
    private final List<Service> services = new ArrayList<>();
    private final Map<ObjectKey, Long> gone = new HashMap<>();

    Writes(ScenarioSpec spec, Problems problems) {
        this.spec = spec;
        this.problems = problems;
    }

    /**
     * Plain manifests, one after another, as {@code kubectl replace} sends them: a name that
     * occurs again is an update.
     *
     * @return the objects as they are written last
     */
    List<ApiObject> applied(Manifests manifests) {
        ApiStore store = new ApiStore(Admission.ofManifests(ranges(), minor()));
        store.load(manifests.objects(), problems);
        Map<ObjectKey, ApiObject> last = new LinkedHashMap<>();
        manifests.objects().forEach(object -> last.put(object.key(), object));
        for (ApiObject object : manifests.again()) {
            ApiObject before = last.put(object.key(), object);
            store.apply(object, problems);
            if (before != null && before.place().file()
                    .equals(object.place().file())) {
                problems.warn(object.place() + ": " + object.key() + " is there"
                        + " already, at " + before.place() + ": taken as its update");
            }
        }
        return List.copyOf(last.values());
    }

    /** The Services of a scenario at every time, those of the manifests first. */
    List<Service> services() {
        return services;
    }

    /** A scenario's manifests, then what its timeline changes. */
    void inTime(Manifests manifests, Reading reading) {
        ApiStore store = new ApiStore(new Admission(ranges(), minor()));
        store.subscribe(this::vendorTakes);
        store.load(manifests.objects(), problems);
        spec.timeline().stream().sorted(Comparator.comparingLong(TimelineEntry::atNanos))
                .forEach(entry -> {
                    senderIsThere(entry, store, reading);
                    List<ObjectKey> before =
                            store.list(Pod.class).stream().map(Pod::key).toList();
                    write(entry.event(), store);
                    before.stream().filter(key -> store.get(key) == null)
                            .forEach(key -> gone.put(key, entry.atNanos()));
                });
    }

    /** A pod that was deleted ends within its grace; only then can it send no more. */
    private void senderIsThere(TimelineEntry entry, ApiStore store, Reading reading) {
        if (!(entry.event() instanceof Send send)
                || !(send.from() instanceof Source.PodSource from)) {
            return;
        }
        ObjectKey key = new ObjectKey(ApiKind.POD, from.namespace(), from.name());
        Long deleted = gone.get(key);
        boolean comesBack = store.list(StatefulSet.class).stream()
                .anyMatch(set -> key.name().startsWith(set.metadata().name() + "-"));
        if (deleted != null && store.get(key) == null && !comesBack
                && entry.atNanos() > deleted + GRACE_NANOS) {
            Reading.Origin origin = reading.origin(send);
            problems.unexpected(origin.locate("from"), origin.pathOf("from"),
                    key + ", which is deleted at " + SimTime.format(deleted), "a sender of flow "
                            + send.flow() + " that is there at "
                            + SimTime.format(entry.atNanos()));
        }
    }

    /** What the API server admits, the cloud's network may still refuse. */
    private void vendorTakes(StoreEvent event) {
        if (event.after() instanceof Service service) {
            services.add(service);
            LoadBalancerSettings settings = spec.loadBalancer()
                    .of(service.metadata().namespace(), service.metadata().name()).settings();
            PortRules.clash(service, settings.registration().ports()).ifPresent(clash -> {
                FieldPath path = FieldPath.root().child("spec").child("ports").index(clash.index());
                problems.unexpected(Trees.locate(service.source(), path), path.toString(),
                        clash.protocol() + " on port " + clash.number() + ", which "
                                + clash.other() + " has already",
                        "another number: VKE's VPC-CNI network takes one for one protocol only");
            });
        }
    }

    private void write(Event event, ApiStore store) {
        switch (event) {
            case Event.Apply apply -> {
                // What is no manifest is told where all of the timeline is looked at.
                ManifestReader.read(apply.manifests(), new Problems()).objects()
                        .forEach(object -> store.apply(object, problems));
            }
            case Event.Patch patch when patch.target() instanceof PatchTarget.ObjectTarget target
                    && store.get(target.key()) != null -> store
                            .patch(target.key(), patch.with(), problems);
            case Event.Delete delete -> store.delete(delete.target());
            case Event.Kill kill -> store.delete(kill.pod());
            case Event.Drain drain -> store.list(Pod.class).stream()
                    .filter(pod -> pod.spec().nodeName().equals(drain.node().name()))
                    .forEach(pod -> store.delete(pod.key()));
            default -> {
            }
        }
    }

    private List<Cidr> ranges() {
        return spec.network().serviceCIDR();
    }

    private int minor() {
        return spec.kubernetesVersion().modelled().minor();
    }
}
