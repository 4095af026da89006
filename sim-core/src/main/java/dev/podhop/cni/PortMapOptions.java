package dev.podhop.cni;

/**
 * What the portmap plugin's configuration says.
 *
 * @param snat whether calls from the pod's subnet and from 127.0.0.1 are masqueraded
 * @param masqAll with {@code snat}, whether calls from everywhere are
 * @param beforeKubeProxy whether it had been called before kube-proxy came up
 */
public record PortMapOptions(boolean snat, boolean masqAll, boolean beforeKubeProxy) {

    /** All options left alone. */
    public static final PortMapOptions DEFAULT = new PortMapOptions(true, false, false);
}
