package dev.podhop.viz.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.load.Overrides;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.viz.Recordings;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.BrokenFile;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.recording.RecordingLoader;
import dev.podhop.viz.recording.RecordingLoader.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One setting changed: it runs, and it can be kept. */
class WhatIfViewModelTest {

    private static WhatIfViewModel over(Recording recording) {
        return new WhatIfViewModel(
                new PlaybackViewModel(recording, new ShownViewModel(recording)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        01-lb-loopback | service/default/web.externalTrafficPolicy=Local
        01-lb-loopback | service/default/web.status.loadBalancer.ingress[0].ipMode=VIP
        01-lb-loopback | network.sysctls.net.ipv4.conf.all.rp_filter=1
        01-lb-loopback | timeline[5]={at: 500ms, kill: pod/web-1}
        01-lb-loopback | timeline[5]={at: 500ms, sysctl: {net.ipv4.conf.all.rp_filter: 1}}
        04-source-address | network.ipMasq=true
        13-rolling-update | timeline[6]={at: 30s, delete: pod/web-1}
        17-udp-stale-conntrack | network.ipMasq=true
        """)
    void whatWasTriedIsSavedAndRunsAlike(String folder, String setting, @TempDir Path other)
            throws BrokenFile, IOException {
        Recording first = Recordings.of(Recordings.shipped(folder), 2);
        Recording tried = load(first.request().and(List.of(setting)));

        Path saved = other.resolve("saved.yaml");
        over(first).save(List.of(setting), saved);

        Recording again = load(Request.of(saved));
        assertThat(fates(again)).isEqualTo(fates(tried));
        assertThat(again.run().seed()).isEqualTo(tried.run().seed());
    }

    /** What became of each flow, and why; which file and line shows it is each file's own. */
    private static List<?> fates(Recording recording) {
        return recording.run().flows().stream().map(flow -> List.of(flow.flow(), flow.results(),
                flow.failures().stream().map(cause -> cause.outcome() + " " + cause.why().code())
                        .toList()))
                .toList();
    }

    private static Recording load(Request request) throws BrokenFile {
        return RecordingLoader.load(new Request(request.file(), request.settings(),
                request.seed(), 2), share -> {});
    }

    @Test
    void aSeedAndSettingsThatWereGivenAreSavedToo(@TempDir Path other)
            throws BrokenFile, IOException {
        Recording first = load(new Request(Recordings.shipped("01-lb-loopback"),
                List.of("network.ipMasq=true"), OptionalLong.of(7), 2));
        Path saved = other.resolve("saved.yaml");
        over(first).save(List.of("loadBalancer.clientIP=snat"), saved);

        assertThat(fates(load(Request.of(saved)))).isEqualTo(
                fates(load(first.request().and(List.of("loadBalancer.clientIP=snat")))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01-lb-loopback", "04-source-address", "13-rolling-update"})
    void everySuggestionIsOneThatCanBeRun(String folder) {
        Recording recording = Recordings.of(Recordings.shipped(folder), 1);
        WhatIfViewModel model = over(recording);

        assertThat(model.suggestions()).isNotEmpty().allSatisfy(setting -> {
            Problems problems = new Problems();
            ScenarioLoader.load(recording.request().file(),
                    Overrides.of(List.of(setting), problems), problems);
            assertThat(problems.all()).isEmpty();
        });
    }

    @Test
    void aModeThatIsNoMoreIsRefusedPlainly() {
        Request request = Request.of(Recordings.shipped("01-lb-loopback"));

        assertThatThrownBy(() -> load(request.and(List.of("kubeProxy.mode=userspace"))))
                .isInstanceOf(BrokenFile.class)
                .hasMessageContaining("since 1.26").hasMessageContaining("iptables");
    }
}
