package dev.podhop.cni;

import dev.podhop.k8s.Container.ContainerPort;
import dev.podhop.k8s.Pod;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The host ports of one pod, as the portmap plugin is called for it.
 *
 * @param pod as it is named to the user
 * @param container id of its sandbox: the plugin names its chain after it
 * @param entries one for each port and address of the pod
 */
public record PortMap(String pod, String container, List<Entry> entries) {

    /** Name of the network, as in the plugin's configuration. */
    private static final String NETWORK = "cbr0";
    /** What is left of {@code iptables}' 28 characters behind {@code CNI-DN-}. */
    private static final int CHAIN_DIGITS = 21;

    public PortMap {
        entries = List.copyOf(entries);
    }

    /**
     * One port.
     *
     * @param hostIp the one address of the host; null for all that it has
     * @param to the pod
     * @param subnet who is masqueraded: the pod's own, or everybody
     */
    public record Entry(L4Protocol protocol, int hostPort, @Nullable IpAddress hostIp,
            SocketAddress to,
            Cidr subnet) {

        public IpFamily family() {
            return to.address().family();
        }

        boolean isForAll() {
            return subnet.prefixLength() == 0;
        }

        /** As {@code -s} has it; empty where everybody is masqueraded. */
        String source() {
            return isForAll() ? "" : subnet.toString();
        }

        boolean isFor(IpAddress destination) {
            return destination.family() == family()
                    && (hostIp == null || hostIp.same(destination));
        }
    }

    /**
     * What a pod wants; empty without host ports.
     *
     * @param ranges its node's podCIDRs
     */
    public static Optional<PortMap> of(Pod pod, List<IpAddress> addresses, List<Cidr> ranges,
            PortMapOptions options) {
        List<Entry> entries = new ArrayList<>();
        for (IpAddress address : addresses) {
            Cidr subnet = options.masqAll() ? everywhere(address.family())
                    : ranges.stream().filter(range -> range.contains(address)).findFirst()
                            .orElse(Cidr.host(address));
            pod.spec().containers().stream().flatMap(each -> each.ports().stream())
                    .filter(port -> port.hostPort() != 0)
                    .forEach(port -> entry(port, address, subnet).ifPresent(entries::add));
        }
        String namespace = pod.metadata().namespace();
        String name = pod.metadata().name();
        boolean usual = namespace.isEmpty() || namespace.equals("default");
        String qualified = usual ? name : namespace + "/" + name;
        return entries.isEmpty() ? Optional.empty()
                : Optional.of(new PortMap("pod/" + qualified,
                        "ctr-" + qualified.replace('/', '-'), entries));
    }

    private static Cidr everywhere(IpFamily family) {
        return new Cidr(family == IpFamily.IPv4 ? IpAddress.ANY_V4 : IpAddress.ANY_V6, 0);
    }

    /** A hostIP counts for the pod's address of its own family. */
    private static Optional<Entry> entry(ContainerPort port, IpAddress address, Cidr subnet) {
        IpAddress hostIp = port.hostIP().isEmpty() ? null : IpAddress.of(port.hostIP());
        if (hostIp != null && hostIp.family() != address.family()) {
            return Optional.empty();
        }
        IpAddress only = hostIp == null || hostIp.isUnspecified() ? null : hostIp;
        return L4Protocol.ofServicePort(port.protocol())
                .map(protocol -> new Entry(protocol, port.hostPort(), only,
                        new SocketAddress(address, port.containerPort()), subnet));
    }

    /** {@code MustFormatChainNameWithPrefix}. */
    String chain() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-512")
                    .digest((NETWORK + container).getBytes(StandardCharsets.UTF_8));
            return "CNI-DN-" + HexFormat.of().formatHex(digest).substring(0, CHAIN_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }

    String comment() {
        return "-m comment --comment \"dnat name: \\\"" + NETWORK + "\\\" id: \\\"" + container
                + "\\\"\"";
    }
}
