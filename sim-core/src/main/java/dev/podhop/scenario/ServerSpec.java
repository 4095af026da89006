package dev.podhop.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the pods with these labels answer; of several that match, the first counts. */
public record ServerSpec(
        @Key(value = "Labels of the pods meant, in every namespace.",
                required = true)
        Map<String, String> pods,
        @Key(value = "How long an answer takes once its request is served.",
                byDefault = "0s")
        long serviceTimeNanos,
        @Key(value = "listen(2)'s backlog: connections waiting to be accepted.", byDefault = "128",
                min = 1, max = 65535)
        int backlog,
        @Key(value = "Requests waiting to be served.", byDefault = "64",
                max = Integer.MAX_VALUE)
        int queue,
        @Key(value = "Whether it refuses connections without a PROXY protocol header.",
                byDefault = "false")
        boolean proxyProtocol) {

    public ServerSpec {
        pods = Collections.unmodifiableMap(new LinkedHashMap<>(pods));
    }
}
