package dev.podhop.viz.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.viz.Recordings;
import dev.podhop.viz.inspector.PacketViewModel.Row;
import dev.podhop.viz.playback.PlaybackViewModel;
import dev.podhop.viz.playback.ShownViewModel;
import dev.podhop.viz.recording.Recording;
import dev.podhop.viz.style.ViewerWords;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In Chinese no sentence of the inspector stays English, whatever a scenario does. */
class WhyInChineseTest {

    /** Or nothing: a step that speaks for itself has no sentence. */
    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}|^$");

    @ParameterizedTest
    @ValueSource(strings = {"01-lb-loopback", "03-self-clusterip",
        "17-udp-stale-conntrack", "18-dns-5s-race"})
    void everyReasonIsToldInChinese(String scenario) {
        Recording recording = Recordings.of(Recordings.shipped(scenario), 2);
        PlaybackViewModel playback =
                new PlaybackViewModel(recording, new ShownViewModel(recording));
        WhyViewModel why = new WhyViewModel(playback, ViewerWords.in(Locale.SIMPLIFIED_CHINESE));
        TreeSet<String> english = new TreeSet<>();
        for (int hop = 0; hop < recording.size(); hop++) {
            playback.select(hop);
            for (WhyStep step : why.steps()) {
                step.remarks().stream().map(WhyStep.Remark::sentence)
                        .filter(told -> !CHINESE.matcher(told).find()).forEach(english::add);
            }
            if (!CHINESE.matcher(why.verdict()).find()) {
                english.add(why.verdict());
            }
        }

        assertThat(english).isEmpty();
        assertThat(recording.size()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void theHeadersFieldsAreNamedInTheLanguage(String language) {
        Recording recording = Recordings.of(Recordings.shipped("03-self-clusterip"), 1);
        PlaybackViewModel playback =
                new PlaybackViewModel(recording, new ShownViewModel(recording));
        ViewerWords words = ViewerWords.in(Locale.forLanguageTag(language));
        playback.select(0);

        assertThat(new PacketViewModel(playback, words).rows()).extracting(Row::field)
                .containsExactly(language.equals("en")
                        ? new String[] {"packet", "source", "source port", "destination",
                            "destination port", "TTL", "length", "mark"}
                        : new String[] {"数据包", "源地址", "源端口", "目的地址", "目的端口", "TTL", "长度", "标记"});
    }
}
