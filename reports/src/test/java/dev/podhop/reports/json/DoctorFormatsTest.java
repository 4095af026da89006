package dev.podhop.reports.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.reports.Explanations;
import dev.podhop.reports.Narrator;
import dev.podhop.reports.xml.DoctorJunit;
import dev.podhop.run.doctor.Doctor;
import dev.podhop.run.doctor.DoctorReport;
import dev.podhop.run.doctor.DoctorRequest;
import dev.podhop.run.result.RunWatch;
import dev.podhop.scenario.load.ScenarioLoader;
import java.io.StringReader;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What SARIF 2.1.0 and JUnit's XML require of the parts that are written. */
class DoctorFormatsTest {

    private static final DoctorReport REPORT = new Doctor(ScenarioLoader.load(
            Path.of("../sim-core/src/test/resources/doctor/faulty.yaml"), new Problems())
            .orElseThrow(), RunWatch.NONE, DoctorRequest.ALL).examine();
    private static final Narrator NARRATOR = new Narrator(Explanations.english());

    @Test
    void sarifHasARuleForEachResultAndAPlaceInAFile() {
        JsonNode sarif = new ObjectMapper().readTree(new DoctorSarif(NARRATOR).render(REPORT));

        assertThat(sarif.at("/version").asString()).isEqualTo("2.1.0");
        JsonNode run = sarif.at("/runs/0");
        assertThat(run.at("/results").size()).isEqualTo(REPORT.faults().size());
        for (JsonNode result : run.at("/results")) {
            JsonNode rule = run.at("/tool/driver/rules/" + result.get("ruleIndex").asInt());
            assertThat(rule.get("id").asString()).isEqualTo(result.get("ruleId").asString());
            assertThat(result.get("level").asString()).isIn("error", "warning", "note");
            assertThat(result.at("/locations/0/physicalLocation/region/startLine").asInt())
                    .isPositive();
            assertThat(result.at("/message/text").asString()).isNotEmpty();
        }
    }

    @Test
    void junitCountsWhatFails() throws Exception {
        Element suite = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(new DoctorJunit(NARRATOR).render(REPORT))))
                .getDocumentElement();

        assertThat(suite.getTagName()).isEqualTo("testsuite");
        assertThat(suite.getElementsByTagName("testcase").getLength())
                .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
        assertThat(suite.getElementsByTagName("failure").getLength())
                .isEqualTo(Integer.parseInt(suite.getAttribute("failures"))).isEqualTo(10);
    }
}
