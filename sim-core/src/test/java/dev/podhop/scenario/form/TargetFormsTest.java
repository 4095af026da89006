package dev.podhop.scenario.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sources and targets, as files and the command line write them. */
class TargetFormsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            10.0.0.11:30080             | AddressTarget | 10.0.0.11:30080
            [fd00::1]:80                | AddressTarget | [fd00::1]:80
            [fd00:0:0::1]:80            | AddressTarget | [fd00::1]:80
            service/web:80              | ServiceTarget | service/web:80
            service/default/web:http    | ServiceTarget | service/web:http
            service/shop/cart:80        | ServiceTarget | service/shop/cart:80
            service/web@vip:80          | ServiceTarget | service/web@vip:80
            service/shop/cart@vip:https | ServiceTarget | service/shop/cart@vip:https
            pod/web-1:8080              | PodTarget     | pod/web-1:8080
            node/n1:30080               | NodeTarget    | node/n1:30080
            web:80                      | DnsTarget     | web:80
            web.shop.svc.cluster.local.:80 | DnsTarget  | web.shop.svc.cluster.local.:80
            """)
    void shouldReadATarget(String text, String kind, String written) {
        assertThat(TargetForms.target(text)).hasToString(written)
                .satisfies(t -> assertThat(t.getClass().getSimpleName()).isEqualTo(kind));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            web                | found "web", expected IP:port, [IPv6]:port, service/NAME:port
            10.0.0.1:          | found "10.0.0.1:", expected IP:port
            10.0.0.1:65536     | expected a port from 1 to 65535 after the last colon
            10.0.0.1:http      | expected a port from 1 to 65535 after the last colon
            10.0.0.256:80      | expected an IP address before the port
            [10.0.0.1]:80      | expected an IP address before the port
            fd00::1:80         | expected [IPv6]:port; did you mean "[fd00::1]:80"?
            svc/web:80         | did you mean "service/web:80"?
            pd/web:80          | did you mean "pod/web:80"?
            service/a/b/c:80   | expected service/NAME or service/NS/NAME
            service/web:no_way | expected the name or the number of a port after the last colon
            node/a/b:80        | expected node/NAME
            pod/Web:80         | expected a name of lower case letters, digits, - and .
            -web.local:80      | expected IP:port
            """)
    void shouldSayWhatATargetIs(String text, String message) {
        assertThatThrownBy(() -> TargetForms.target(text))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"pod/client, pod/client", "pod/default/client, pod/client",
        "pod/shop/client, pod/shop/client", "node/n1, node/n1",
        "external/ext, external/ext", "deployment/shop/web, deployment/shop/web"})
    void shouldReadASource(String text, String written) {
        assertThat(TargetForms.source(text)).hasToString(written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client         | expected pod/NAME, pod/NS/NAME, node/NAME, external/NAME or
            po/client      | did you mean "pod/client"?
            externl/ext    | did you mean "external/ext"?
            external/a/b   | expected external/NAME
            pod/           | expected a name of lower case letters
            """)
    void shouldSayWhatASourceIs(String text, String message) {
        assertThatThrownBy(() -> TargetForms.source(text))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
