package dev.podhop.reports.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.reports.Explanations;
import dev.podhop.reports.Golden;
import dev.podhop.reports.Hairpin;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.Runs;
import dev.podhop.run.result.TraceResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Narrator narrator = new Narrator(Explanations.english());

    @Test
    void oddsHaveTheFormatPagesShape() {
        assertThat(JSON.readTree(OddsJson.render(Runs.odds()))).isEqualTo(JSON.readTree("""
                {"scenario": "lb-loopback", "flows": [{"flow": "to-vip", "from": "pod/client",
                  "to": "198.51.100.7:80", "protocol": "TCP", "results": [
                  {"outcome": "Answered", "endpoint": "pod/web-1", "source": "10.0.0.12",
                   "probability": "1/6"},
                  {"outcome": "Answered", "endpoint": "pod/web-1", "source": "10.0.0.13",
                   "probability": "1/6"},
                  {"outcome": "Answered", "endpoint": "pod/web-2", "source": "10.0.0.13",
                   "probability": "1/6"},
                  {"outcome": "Answered", "endpoint": "pod/web-2", "source": "10.244.2.1",
                   "probability": "1/6"},
                  {"outcome": "TimedOut", "endpoint": null, "source": null,
                   "probability": "1/3"}]}]}
                """));
    }

    @Test
    void oddsThatAreNotWholeAreBounds() {
        JsonNode flow = JSON.readTree(OddsJson.render(Runs.bounds())).at("/flows/0");

        assertThat(flow.get("explored").asString()).isEqualTo("7/8");
        assertThat(flow.at("/results/1/probability").asString()).isEqualTo("1/8");
        assertThat(flow.at("/results/1/atMost").asString()).isEqualTo("1/4");
    }

    @Test
    void aRunIsAnArrayWithOneObjectForEachFile() {
        Golden.assertSame("run.json", new RunJson(narrator).render(List.of(Runs.loop())));
    }

    @Test
    void aTraceHasEveryHopAndStepAsData() {
        TraceResult trace = Hairpin.trace();

        JsonNode json = JSON.readTree(new TraceJson(narrator).render(trace, trace.hops()));

        assertThat(json.get("hops")).hasSameSizeAs(trace.hops());
        JsonNode nat = json.at("/hops/2/steps/2");
        assertThat(nat.get("type").asString()).isEqualTo("Nat");
        assertThat(nat.at("/before/destination").asString()).isEqualTo("198.51.100.7");
        assertThat(nat.at("/after/destinationPort").asInt()).isEqualTo(30080);
        assertThat(nat.at("/why/code").asString()).isEqualTo("net.nat.dnat");
        assertThat(nat.at("/why/text").asString()).startsWith("the destination is replaced");
        assertThat(json.at("/diagnosis/fixes/0/failureAfter").asString()).isEqualTo("0");
    }
}
