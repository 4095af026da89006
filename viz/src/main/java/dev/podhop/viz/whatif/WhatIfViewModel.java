package dev.podhop.viz.whatif;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Problem;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.load.EditedFile;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Settings worth trying on this scenario; each is what {@code --set} takes. */
public final class WhatIfViewModel {

    private static final String RP_FILTER = "network.sysctls.net.ipv4.conf.all.rp_filter=";

    private final PlaybackViewModel playback;

    public WhatIfViewModel(PlaybackViewModel playback) {
        this.playback = playback;
    }

    /** Settings to choose from, those of the cursor's moment last. */
    List<String> suggestions() {
        LoadedScenario scenario = playback.recording().scenario();
        List<String> settings = new ArrayList<>();
        scenario.objects(Service.class).forEach(service -> of(service, settings));
        settings.add("loadBalancer.clientIP=snat");
        settings.add("network.ipMasq=" + !scenario.spec().network().ipMasq());
        settings.add(RP_FILTER + "0");
        settings.add(RP_FILTER + "1");
        settings.add("kubeProxy.mode=nftables");
        settings.add("kubeProxy.mode=ipvs");
        settings.add("kubeProxy.detectLocalMode=NodeCIDR");
        // Without a Scenario document there is no timeline to add an event to.
        if (!scenario.bareDump()) {
            int behindLast = scenario.spec().timeline().size();
            long micros = playback.time().get() / 1_000;
            playback.recording().wiring().spaces().stream()
                    .filter(each -> each.kind() == Wiring.Kind.POD)
                    .forEach(each -> settings.add("timeline[" + behindLast + "]={at: " + micros
                            + "us, delete: " + each.label() + "}"));
        }
        return settings;
    }

    private static void of(Service service, List<String> settings) {
        String name = "service/" + service.metadata().namespace() + "/"
                + service.metadata().name();
        if (!service.spec().externalTrafficPolicy().isEmpty()
                || service.spec().isType("LoadBalancer")) {
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
     * Writes the scenario with settings in place.
     *
     * @throws BrokenFile where the settings do not fit the file
     */
    void save(List<String> settings, Path to) throws BrokenFile, IOException {
        Problems problems = new Problems();
        String text = EditedFile.text(playback.recording().request().file(),
                Overrides.of(settings, problems), problems);
        if (!problems.isEmpty()) {
            throw new BrokenFile(problems.all().stream().map(Problem::toString).toList());
        }
        Files.writeString(to, text);
    }
}
