package dev.podhop.k8s.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

    private static final List<String> FIELDS = List.of("selector", "targetPort", "port", "ports",
            "labels", "clusterIP", "clusterIPs", "type", "nodePort", "protocol", "name");

    @ParameterizedTest(name = "{0} was meant to be {1}")
    @CsvSource(nullValues = "nothing", value = {
        "targetport, targetPort",
        "lables,     labels",
        "selektor,   selector",
        "clusterIp,  clusterIP",
        "clusterIps, clusterIPs",
        "prot,       port",
        "portocol,   protocol",
        "nodPort,    nodePort",
        "x,          nothing",
        "serviceMesh, nothing"})
    void nearest(String found, String meant) {
        assertThat(Spelling.nearest(found, FIELDS).orElse(null)).isEqualTo(meant);
    }

    /** Of words that are equally near, the one whose letters are also as large. */
    @Test
    void theCaseDecidesBetweenEquals() {
        assertThat(Spelling.nearest("web-1x", List.of("Web-1", "web-1"))).contains("web-1");
        assertThat(Spelling.nearest("WEB-1x", List.of("WEB-1", "web-1"))).contains("WEB-1");
    }
}
