package dev.podhop.cluster;

import dev.podhop.engine.SimTime;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.conntrack.ConntrackSettings;
import dev.podhop.netstack.conntrack.ConntrackTable;
import dev.podhop.netstack.conntrack.CtTimeout;
import java.util.Map;

/** A node's connection table as kube-proxy configures it when it starts, and sysctls change it. */
final class ConntrackConfig {

    /** Cores a node is taken to have: what {@code conntrack.maxPerCore} is multiplied by. */
    private static final int CORES = 4;
    private static final String PREFIX = "net.netfilter.nf_conntrack_";
    private static final String OLD_MAX = "net.nf_conntrack_max";

    private ConntrackConfig() {}

    /** {@code getConntrackMax} and the timeouts of {@code cmd/kube-proxy/app/conntrack.go}. */
    static ConntrackSettings of(KubeProxyConfiguration.Conntrack file) {
        ConntrackSettings settings = ConntrackSettings.DEFAULT_KERNEL.withKubeProxyDefaults();
        if (file.maxPerCore() > 0) {
            settings = settings.withMax(Math.max(file.min(), file.maxPerCore() * CORES));
        }
        settings = with(settings, CtTimeout.TCP_ESTABLISHED, file.tcpEstablishedTimeoutNanos());
        settings = with(settings, CtTimeout.TCP_CLOSE_WAIT, file.tcpCloseWaitTimeoutNanos());
        settings = with(settings, CtTimeout.UDP, file.udpTimeoutNanos());
        return with(settings, CtTimeout.UDP_STREAM, file.udpStreamTimeoutNanos());
    }

    /** 0 leaves what the kernel has. */
    private static ConntrackSettings with(ConntrackSettings settings, CtTimeout timeout,
            long nanos) {
        return nanos == 0 ? settings : settings.with(timeout, nanos / SimTime.SECOND);
    }

    /** Applies those of the sysctls that concern the table. */
    static void apply(NetworkNamespace ns, Map<String, String> sysctls) {
        ConntrackTable table = ns.conntrack();
        if (table == null) {
            return;
        }
        sysctls.forEach((name, value) -> {
            if (name.startsWith(PREFIX) || name.equals(OLD_MAX)) {
                table.settings().withSysctl(name, Long.parseLong(value.trim()))
                        .ifPresent(table::settings);
            }
        });
    }
}
