package dev.podhop.scenario;

import dev.podhop.workload.ServerBehaviour;
import dev.podhop.workload.ServerBehaviour.OnSigterm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the pods with these labels answer; of several that match, the first counts. */
public record ServerSpec(
        @Key(value = "Labels of the pods meant, in every namespace.",
                required = true)
        Map<String, String> pods,
        @Key(value = "How long an answer takes once its request is served.",
                byDefault = "0s")
        long serviceTimeNanos,
        @Key(value = "How many requests it serves at a time.", otherwise = "no limit", min = 1,
                max = 1_000_000)
        @Nullable Integer concurrency,
        @Key(value = "Further requests that it takes on; with more it accepts no connection.",
                byDefault = "64",
                max = Integer.MAX_VALUE)
        int queue,
        @Key(value = "listen(2)'s backlog: connections waiting to be accepted. When it is full the"
                + " kernel drops what would add to it.",
                byDefault = "128",
                min = 1, max = 65535)
        int backlog,
        @Key(value = "Whether it closes connections that do not begin with a PROXY protocol"
                + " header.",
                byDefault = "false")
        boolean proxyProtocol,
        @Key(value = "From the process's start until it listens.",
                byDefault = "0s")
        long startupTimeNanos,
        @Key(value = "What SIGTERM does. graceful: stops listening, closes idle connections,"
                + " answers what it was asked, exits; abrupt: exits at once; ignore: goes on until"
                + " SIGKILL.",
                byDefault = "graceful")
        OnSigterm onSigterm,
        @Key(value = "How long, after SIGTERM, requests under way may take.",
                otherwise = "as long as they do")
        @Nullable Long drainTimeoutNanos,
        @Key(value = "After what time without a request it closes a connection.",
                otherwise = "never", min = 1)
        @Nullable Long idleTimeoutNanos,
        @Key(value = "HTTP statuses by path, for those who ask: kubelet's httpGet probes, and load"
                + " balancers that probe over HTTP. Only a status of 200 to 399 is healthy.",
                otherwise = "200 on every path")
        Map<String, Integer> status,
        @Key(value = "The ports that it listens on, by TCP and UDP, whatever its containers"
                + " declare.",
                otherwise = "those that they declare, that its probes ask, and the"
                        + " numeric target ports of its Services that none of their pods declares",
                min = 1,
                max = 65535)
        List<Integer> ports) {

    public ServerSpec {
        ports = List.copyOf(ports);
        pods = Collections.unmodifiableMap(new LinkedHashMap<>(pods));
        status = Collections.unmodifiableMap(new LinkedHashMap<>(status));
    }

    /** The process's behaviour. */
    public ServerBehaviour behaviour() {
        return new ServerBehaviour(serviceTimeNanos,
                concurrency == null ? ServerBehaviour.UNLIMITED : concurrency, queue, backlog,
                proxyProtocol, startupTimeNanos, onSigterm,
                drainTimeoutNanos == null ? ServerBehaviour.FOREVER : drainTimeoutNanos,
                idleTimeoutNanos == null ? ServerBehaviour.FOREVER : idleTimeoutNanos);
    }
}
