package dev.podhop.viz.whatif;

import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.reports.out.NewFiles;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.EditedFile;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.RecordingLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Settings worth trying on this scenario; each is what {@code --set} takes. */
public final class WhatIfViewModel {

    private static final String RP_FILTER = "sysctls.net.ipv4.conf.all.rp_filter";
    private static final long NANOS_PER_MICRO = 1_000;

    private final PlaybackViewModel playback;

    private final StringProperty setting = new SimpleStringProperty("");

    public WhatIfViewModel(PlaybackViewModel playback) {
        this.playback = playback;
    }

    /** Settings to choose from, those of the cursor's moment last. */
    List<String> suggestions() {
        LoadedScenario scenario = playback.recording().scenario();
        List<String> settings = new ArrayList<>();
        scenario.objects(Service.class).forEach(service -> of(service, settings));
        settings.add("loadBalancer.clientIP=snat");
        settings.add("loadBalancer.loopAvoidance=sourceIP");
        settings.add("network.ipMasq=" + !scenario.spec().network().ipMasq());
        settings.add("network." + RP_FILTER + "=0");
        settings.add("network." + RP_FILTER + "=1");
        settings.add("kubeProxy.detectLocalMode=NodeCIDR");
        // Without a Scenario document there is no timeline to add an event to.
        if (!scenario.bareDump()) {
            events(settings);
        }
        return settings;
    }

    /** Events at the cursor's moment, behind all others of the timeline. */
    private void events(List<String> settings) {
        long micros = playback.time().get() / NANOS_PER_MICRO;
        String event = "timeline[" + playback.recording().scenario().spec().timeline().size()
                + "]={at: " + micros + "us, ";
        LoadedScenario scenario = playback.recording().scenario();
        scenario.objects(Pod.class).map(Pod::key).forEach(pod -> {
            settings.add(event + "kill: " + pod + "}");
            settings.add(event + "delete: " + pod + "}");
        });
        scenario.objects(Deployment.class).map(Deployment::key)
                .forEach(each -> settings.add(event + "rollout: " + each + "}"));
        settings.add(event + "sysctl: {net.ipv4.conf.all.rp_filter: 1}}");
        scenario.objects(Service.class)
                .filter(WhatIfViewModel::hasFreePolicy)
                .forEach(service -> settings.add(event + "patch: {target: " + service.key()
                        + ", with: {spec: {externalTrafficPolicy: "
                        + (service.spec().isExternalLocal() ? "Cluster" : "Local") + "}}}}"));
    }

    /** A health check node port that is written down holds the policy where it is. */
    private static boolean hasFreePolicy(Service service) {
        boolean external = !service.spec().externalTrafficPolicy().isEmpty()
                || service.spec().isType("LoadBalancer");
        return external && service.spec().healthCheckNodePort() == 0;
    }

    private static void of(Service service, List<String> settings) {
        String name = "service/" + service.metadata().namespace() + "/"
                + service.metadata().name();
        if (hasFreePolicy(service)) {
            settings.add(name + ".externalTrafficPolicy="
                    + (service.spec().isExternalLocal() ? "Cluster" : "Local"));
        }
        for (int i = 0; i < service.ingress().size(); i++) {
            settings.add(name + ".status.loadBalancer.ingress[" + i + "].ipMode="
                    + (service.ingress().get(i).ipMode().equals("Proxy") ? "VIP" : "Proxy"));
        }
        settings.add(name + ".internalTrafficPolicy="
                + (service.spec().isInternalLocal() ? "Cluster" : "Local"));
    }

    /**
     * Writes the scenario with settings in place, besides those that it was run under.
     *
     * @throws BrokenFile where the settings do not fit the file
     */
    void save(List<String> settings, Path to) throws BrokenFile, IOException {
        RecordingLoader.Request request = playback.recording().request();
        List<String> all = new ArrayList<>(request.and(settings).settings());
        request.seed().ifPresent(seed -> all.add("seed=" + seed));
        Problems problems = new Problems();
        String text = EditedFile.text(request.file(), Overrides.of(all, problems), problems);
        if (!problems.isEmpty()) {
            throw new BrokenFile(problems.all().stream().map(Problem::toString).toList());
        }
        NewFiles.write(to, text);
    }

    /** What stands in the box. */
    public StringProperty setting() {
        return setting;
    }
}
