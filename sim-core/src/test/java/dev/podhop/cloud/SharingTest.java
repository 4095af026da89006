package dev.podhop.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cloud.Sharing.Claim;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.TestManifests;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may have one address with whom, as {@code sharingOK} of MetalLB's allocator has it. */
class SharingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key | policy  | app | port | other key | policy  | app | port | why
            k   | Cluster | a   | 80   | k         | Cluster | b   | 81   | ''
            k   | Local   | a   | 80   | k         | Local   | a   | 81   | ''
            k   | Cluster | a   | 80   | k         | Cluster | b   | 80   | port TCP/80 is in use
            ''  | Cluster | a   | 80   | k         | Cluster | b   | 81   | one does not allow
            k   | Cluster | a   | 80   | ''        | Cluster | b   | 81   | other does not allow
            k   | Cluster | a   | 80   | l         | Cluster | b   | 81   | "k" is not "l"
            k   | Local   | a   | 80   | k         | Local   | b   | 81   | the same selector
            k   | Local   | a   | 80   | k         | Cluster | a   | 81   | the same selector
            k   | Cluster | a   | 80   | k         | Local   | a   | 81   | the same selector
            """, useHeadersInDisplayName = true)
    void whoMayShare(String key, String policy, String app, int port, String otherKey,
            String otherPolicy, String otherApp, int otherPort, String why) {
        String answer = Sharing.why(new Claim(service("one", policy, app, port), key),
                new Claim(service("other", otherPolicy, otherApp, otherPort), otherKey));

        if (why.isEmpty()) {
            assertThat(answer).isEmpty();
        } else {
            assertThat(answer).contains(why);
        }
    }

    private static Service service(String name, String policy, String app, int port) {
        return (Service) TestManifests.parse("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: default}
                spec:
                  type: LoadBalancer
                  externalTrafficPolicy: %s
                  selector: {app: %s}
                  ports: [{port: %d}]
                """.formatted(name, policy, app, port)).getFirst();
    }
}
