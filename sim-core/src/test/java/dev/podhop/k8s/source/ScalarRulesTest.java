package dev.podhop.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.YamlNode.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plain scalar means what kubectl takes it for. */
class ScalarRulesTest {

    @ParameterizedTest(name = "{0} is {1} {2}")
    @CsvSource(nullValues = "-", value = {
        "80,        INT,    80",
        "-1,        INT,    -1",
        "+7,        INT,    7",
        "010,       INT,    8",
        "0o10,      INT,    8",
        "0x1F,      INT,    31",
        "0b101,     INT,    5",
        "1_000,     INT,    1000",
        "08,        FLOAT,  8",
        "80.0,      FLOAT,  80",
        "1e3,       FLOAT,  1000",
        "0.5,       FLOAT,  -",
        ".5,        FLOAT,  -",
        ".inf,      FLOAT,  -",
        "99999999999999999999, INT, -",
        "1.2.3,     STRING, -",
        "10.0.0.1,  STRING, -",
        "2024-01-02T03:04:05Z, STRING, -",
        "1s,        STRING, -",
        "-,         STRING, -",
        "web,       STRING, -",
        "yes,       BOOL,   -",
        "off,       BOOL,   -",
        "y,         BOOL,   -",
        "True,      BOOL,   -",
        "tRUE,      STRING, -",
        "null,      NULL,   -",
        "~,         NULL,   -",
        "'',        NULL,   -"})
    void plainScalars(String text, Scalar.Kind kind, Long value) {
        String written = text == null ? "-" : text;
        Scalar.Kind found = ScalarRules.kindOfPlain(written);

        assertThat(found).isEqualTo(kind);
        assertThat(new Scalar(Location.startOf("t"), written, found, false).integer())
                .isEqualTo(value);
    }

    @Test
    void quotesMakeAnythingAString() {
        Scalar scalar =
                (Scalar) YamlReader.read("t", "port: '80'\n", new Problems()).get(0).get("port");

        assertThat(scalar.kind()).isEqualTo(Scalar.Kind.STRING);
        assertThat(scalar.quoted()).isTrue();
        assertThat(scalar.integer()).isNull();
    }
}
