package dev.podhop.kubeproxy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What kube-proxy answers over HTTP on a Service's {@code healthCheckNodePort}, whatever the path
 * ({@code healthcheck/service_health.go}).
 *
 * @param status 200 if there is a ready endpoint on this node and the proxy is healthy, else 503
 * @param localEndpoints distinct addresses of ready endpoints on this node
 */
public record HealthAnswer(int status, String namespace, String service, int localEndpoints,
        boolean proxyHealthy) {

    /** 200. */
    public static final int OK = 200;
    /** 503. */
    public static final int UNAVAILABLE = 503;

    /**
     * The answer for a Service with that many endpoints. Endpoints that terminate do not count,
     * though they still serve: the load balancer turns away while what is under way goes on.
     */
    static HealthAnswer of(ServicePortName port, int localEndpoints, boolean proxyHealthy) {
        int status = localEndpoints > 0 && proxyHealthy ? OK : UNAVAILABLE;
        return new HealthAnswer(status, port.namespace(), port.service(), localEndpoints,
                proxyHealthy);
    }

    /** {@code HTTP/1.1 200 OK}. */
    public String statusLine() {
        return "HTTP/1.1 " + (status == OK ? "200 OK" : "503 Service Unavailable");
    }

    /** Headers by name, in alphabetic order, without the date. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Length",
                String.valueOf(body().getBytes(StandardCharsets.UTF_8).length));
        headers.put("Content-Type", "application/json");
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Load-Balancing-Endpoint-Weight", String.valueOf(localEndpoints));
        return headers;
    }

    /** The JSON body, indented by tabs. */
    public String body() {
        return String.format(Locale.ROOT, """
                {
                \t"service": {
                \t\t"namespace": "%s",
                \t\t"name": "%s"
                \t},
                \t"localEndpoints": %d,
                \t"serviceProxyHealthy": %b
                }""", namespace, service, localEndpoints, proxyHealthy);
    }
}
