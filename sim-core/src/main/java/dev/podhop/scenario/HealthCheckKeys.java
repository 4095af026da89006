package dev.podhop.scenario;

import static dev.podhop.scenario.LoadBalancerKeys.either;
import static dev.podhop.scenario.LoadBalancerKeys.orElse;

import dev.podhop.cloud.HealthCheck;
import dev.podhop.cloud.HealthCheck.Port;
import dev.podhop.cloud.HealthCheck.Protocol;
import dev.podhop.cloud.HealthCheck.Question;
import dev.podhop.cloud.HealthCheck.Rhythm;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How backends are probed; null: what the profile says. */
public record HealthCheckKeys(
        @Key(value = "From probe to probe.",
                otherwise = "the profile's, else 5s", min = 1_000_000)
        @Nullable Long intervalNanos,
        @Key(value = "How long a probe waits.",
                otherwise = "the profile's, else 2s", min = 1_000_000)
        @Nullable Long timeoutNanos,
        @Key(value = "Failed probes in a row that make a backend unhealthy.",
                otherwise = "the profile's, else 3", min = 1,
                max = 100)
        @Nullable Integer unhealthyThreshold,
        @Key(value = "Passed probes in a row that make it healthy again.",
                otherwise = "the profile's, else 3", min = 1,
                max = 100)
        @Nullable Integer healthyThreshold,
        @Key(value = "Of a node where the policy is Local: healthCheckNodePort asks kube-proxy"
                + " over HTTP whether anything there is ready, nodePort whether a connection is"
                + " taken, kubeProxy asks kube-proxy's own port 10256 for /healthz.",
                otherwise = "the profile's, else healthCheckNodePort")
        @Nullable Port port,
        @Key(value = "Of a node where the policy is Cluster: nodePort or kubeProxy.",
                otherwise = "the profile's, else nodePort")
        @Nullable Port clusterPort,
        @Key(value = "How a node port or a pod is asked: TCP wants a connection, HTTP a status of"
                + " 200 to 399, appProtocol is HTTP where the Service's port says so and TCP"
                + " elsewhere.",
                otherwise = "the profile's, else TCP")
        @Nullable Protocol protocol,
        @Key(value = "Of an HTTP question to a node port or a pod; what is answered to it,"
                + " `servers` says.",
                otherwise = "the profile's, else /")
        @Nullable String path,
        @Key(value = "A port that is asked instead, of nodes and pods, whatever the policy.",
                otherwise = "none", min = 1,
                max = 65535)
        @Nullable Integer portNumber) {

    private static final HealthCheck FALLBACK =
            new HealthCheck(new Rhythm(5_000_000_000L, 2_000_000_000L, 3, 3),
                    new Question(Port.HEALTH_CHECK_NODE_PORT, Port.NODE_PORT, Protocol.TCP, "/",
                            null));

    HealthCheckKeys merged(@Nullable HealthCheckKeys others) {
        return others == null ? this
                : new HealthCheckKeys(
                        either(intervalNanos, others.intervalNanos),
                        either(timeoutNanos, others.timeoutNanos),
                        either(unhealthyThreshold, others.unhealthyThreshold),
                        either(healthyThreshold, others.healthyThreshold),
                        either(port, others.port),
                        either(clusterPort, others.clusterPort),
                        either(protocol, others.protocol),
                        either(path, others.path),
                        either(portNumber, others.portNumber));
    }

    HealthCheck over(@Nullable HealthCheck profile) {
        HealthCheck base = profile == null ? FALLBACK : profile;
        Question asked = base.question();
        return new HealthCheck(over(base.cluster()), over(base.local()),
                new Question(orElse(port, asked.port()),
                        orElse(clusterPort, asked.clusterPort()),
                        orElse(protocol, asked.protocol()), orElse(path, asked.path()),
                        either(portNumber, asked.number())));
    }

    private Rhythm over(Rhythm base) {
        return new Rhythm(orElse(intervalNanos, base.intervalNanos()),
                orElse(timeoutNanos, base.timeoutNanos()),
                orElse(unhealthyThreshold, base.unhealthyThreshold()),
                orElse(healthyThreshold, base.healthyThreshold()));
    }

    /** Something that is said about when; null for nothing. */
    @Nullable Object rhythm() {
        return Stream.of(intervalNanos, timeoutNanos, unhealthyThreshold, healthyThreshold)
                .filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** Something that is said about what is asked; null for nothing. */
    @Nullable Object question() {
        return Stream.of(port, clusterPort, protocol, path, portNumber)
                .filter(Objects::nonNull).findFirst().orElse(null);
    }
}
