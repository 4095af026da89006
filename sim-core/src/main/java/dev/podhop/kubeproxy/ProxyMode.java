package dev.podhop.kubeproxy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How kube-proxy programs a node: {@code mode} of its configuration. */
public enum ProxyMode {
    IPTABLES, NFTABLES, IPVS;

    /** The mode of that name, which is in lower case; empty if none has it. */
    public static Optional<ProxyMode> named(String name) {
        return Arrays.stream(values()).filter(mode -> mode.toString().equals(name)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
