package dev.podhop.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is written is read again as the same tree. */
class YamlWriterTest {

    @Test
    void aFileSurvivesBeingReadAndWritten() {
        String file = """
                apiVersion: v1
                kind: Service
                metadata: {name: web, labels: {app: "1.10", 'a b': "yes"}}
                spec:
                  selector: {}
                  ports: [{port: 80, name: "a, b: {c}"}]
                  note: "two\\nlines \\"and\\" more"
                  empty: null
                ---
                kind: Scenario
                spec:
                  timeline:
                  - {at: 0s, send: {flow: a-rather-long-name, from: pod/c, to: "10.0.0.1:80"}}
                  - at: 1s
                    patch: {target: service/web, with: {spec: {externalTrafficPolicy: Local}}}
                """;

        String written = YamlWriter.write(YamlReader.read("f", file, new Problems()));
        String again = YamlWriter.write(YamlReader.read("f", written, new Problems()));

        assertThat(again).isEqualTo(written);
        assertThat(written).contains("app: \"1.10\"", "port: 80", "to: \"10.0.0.1:80\"",
                "note: \"two\\nlines \\\"and\\\" more\"", "empty: null", "selector: {}");
        assertThat(YamlReader.read("f", written, new Problems())).hasSize(2);
    }
}
