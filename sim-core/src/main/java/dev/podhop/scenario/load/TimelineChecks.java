package dev.podhop.scenario.load;

import dev.podhop.cloud.HandChange;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.FaultTarget;
import dev.podhop.scenario.PatchTarget;
import dev.podhop.scenario.ScenarioSpec;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.TimelineEntry;
import dev.podhop.scenario.form.Reading;
import dev.podhop.scenario.form.Reading.Origin;
import dev.podhop.scenario.form.SysctlForm;
import dev.podhop.scenario.load.References.Place;

/** Checks the timeline's events. */
final class TimelineChecks {

    private final ScenarioSpec spec;
    private final Inventory inventory;
    private final Reading reading;
    private final Problems problems;

    TimelineChecks(ScenarioSpec spec, Inventory inventory, Reading reading) {
        this.spec = spec;
        this.inventory = inventory;
        this.reading = reading;
        this.problems = reading.problems();
    }

    /** What is applied later is there to be referred to, by earlier events of the file too. */
    void readManifests() {
        for (TimelineEntry entry : spec.timeline()) {
            if (entry.event() instanceof Event.Apply apply) {
                inventory.addNames(apply.manifests());
                Manifests manifests = ManifestReader.read(apply.manifests(), problems);
                manifests.refuseAgain(problems);
                inventory.add(manifests.objects());
                for (Mapping own : manifests.own()) {
                    problems.unexpected(own.location(), "", "a document of podhop.dev",
                            "Kubernetes manifests to apply");
                }
            }
        }
    }

    /** In the order of the file, so that of two flows of one name the second is to blame. */
    void check(References references) {
        FlowChecks flows = new FlowChecks(reading, references);
        LinkChecks links = new LinkChecks(spec.network().latency(), problems);
        for (TimelineEntry entry : spec.timeline()) {
            time(entry);
            if (entry.event() instanceof Send send) {
                flows.check(send);
            } else {
                event(entry.event(), new Places(entry), references, links);
            }
        }
    }

    /** What lies beyond the end would never happen. */
    private void time(TimelineEntry entry) {
        Long duration = spec.durationNanos();
        if (duration != null && entry.atNanos() > duration) {
            Origin origin = reading.origin(entry);
            problems.unexpected(origin.locate("at"), origin.pathOf("at"),
                    SimTime.format(entry.atNanos()),
                    "a time within the run's duration of " + SimTime.format(duration));
        }
    }

    private void event(Event event, Places at, References references, LinkChecks links) {
        switch (event) {
            case Event.Stop stop -> references.object(stop.pod(), at.whole(), ApiKind.POD);
            case Event.Restart restart -> references.object(restart.pod(), at.whole(), ApiKind.POD);
            case Event.Kill kill -> references.object(kill.pod(), at.whole(), ApiKind.POD);
            case Event.Drain drain -> references.object(drain.node(), at.whole(), ApiKind.NODE);
            case Event.Delete delete -> references.object(delete.target(), at.whole());
            case Event.Rollout rollout -> references.object(rollout.target(), at.whole(),
                    ApiKind.DEPLOYMENT, ApiKind.STATEFUL_SET, ApiKind.DAEMON_SET);
            case Event.Scale scale -> references.object(scale.target(), at.key("target"),
                    ApiKind.DEPLOYMENT, ApiKind.REPLICA_SET, ApiKind.STATEFUL_SET,
                    ApiKind.REPLICATION_CONTROLLER);
            case Event.Patch patch -> patch(patch, at, references);
            case Event.Sysctl sysctl -> sysctl(sysctl, at, references);
            case Event.Impair impair -> {
                references.link(impair.target(), at.key("target"));
                links.check(impair, at.key("jitter"));
            }
            case Event.Fail fail -> fault(fail.target(), at.whole(), references);
            case Event.Recover recover -> fault(recover.target(), at.whole(), references);
            case Event.Apply apply -> {
            }
            case Send send -> {
            }
        }
    }

    /** Which load balancers there are at that time, nobody knows before. */
    private void patch(Event.Patch patch, Places at, References references) {
        switch (patch.target()) {
            case PatchTarget.ObjectTarget object -> references.object(object.key(),
                    at.key("target"));
            case PatchTarget.LoadBalancerTarget balancer -> HandChange.read(patch.with(),
                    problems);
        }
    }

    /** With a target there is one namespace to set, so pods of their own have no place there. */
    private void sysctl(Event.Sysctl sysctl, Places at, References references) {
        ObjectKey target = sysctl.target();
        if (target != null) {
            references.object(target, at.key("target"), ApiKind.NODE, ApiKind.POD);
            if (!sysctl.values().pods().isEmpty()) {
                problems.unexpected(at.key(SysctlForm.PODS).where(),
                        at.key(SysctlForm.PODS).path(), "pods' sysctls beside a target",
                        "the target's sysctls");
            }
        }
        if (sysctl.values().nodes().isEmpty() && sysctl.values().pods().isEmpty()) {
            problems.unexpected(at.whole().where(), at.whole().path(), "no sysctl",
                    "at least one, such as net.ipv4.conf.all.rp_filter: 1");
        }
    }

    /** kube-proxy is named by its node, health checks by their Service. */
    private void fault(FaultTarget target, Place place, References references) {
        switch (target) {
            case FaultTarget.NodeFault node -> references.node(node.node(), place);
            case FaultTarget.KubeProxyFault proxy -> references.node(proxy.node(), place);
            case FaultTarget.LinkFault link -> references.link(link.link(), place);
            case FaultTarget.HealthCheckFault check -> references.service(check.namespace(),
                    check.service(), place);
        }
    }

    /** Where an event's parts stand. */
    private final class Places {
        private final Origin entry;
        private final Origin event;
        private final String verb;

        Places(TimelineEntry timelineEntry) {
            this.entry = reading.origin(timelineEntry);
            this.event = reading.origin(timelineEntry.event());
            this.verb = timelineEntry.event().verb();
        }

        Place whole() {
            return new Place(entry.locate(verb), entry.pathOf(verb));
        }

        Place key(String key) {
            return new Place(event.locate(key), event.pathOf(key));
        }
    }
}
