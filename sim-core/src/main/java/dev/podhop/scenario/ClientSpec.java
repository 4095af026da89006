package dev.podhop.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the pods with these labels ask; of several that match, the first counts. */
public record ClientSpec(
        @Key(value = "Labels of the pods meant, in every namespace.",
                required = true)
        Map<String, String> pods,
        @Key(value = "Whose way of asking DNS they have.", byDefault = "glibc")
        Resolver resolver,
        @Key(value = "How long they wait for a connection.",
                otherwise = "until the kernel gives up (net.ipv4.tcp_syn_retries)")
        @Nullable Long connectTimeoutNanos,
        @Key(value = "How often they try again what failed, at once; an attempt's timeout counts"
                + " for each try.",
                byDefault = "0",
                max = 1000)
        int retries) {

    public ClientSpec {
        pods = Collections.unmodifiableMap(new LinkedHashMap<>(pods));
    }

    /** Resolver libraries that differ in search order, parallelism and timeouts. */
    public enum Resolver {
        GLIBC,
        MUSL,
        /** A JVM keeps an address for 30 s, and a failure for 10 s. */
        JVM,
        /** {@code networkaddress.cache.ttl=-1}, or a security manager: it keeps it for ever. */
        JVM_FOREVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
