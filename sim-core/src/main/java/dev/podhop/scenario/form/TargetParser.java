package dev.podhop.scenario.form;

import dev.podhop.net.IpAddress;
import dev.podhop.net.SocketAddress;
import dev.podhop.scenario.FlowTarget;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads where a flow goes. */
public final class TargetParser {

    static final String WORDS = "IP:port, [IPv6]:port, service/NAME:port, service/NAME@vip:port,"
            + " pod/NAME:port, node/NAME:port or a DNS name with a port";

    private static final String VIP = "@vip";
    private static final String PORT_RANGE = "a port from 1 to 65535 after the last colon";
    /**
     * RFC 1123 labels, and the underscore that SRV records have; a trailing dot makes it absolute.
     */
    private static final String DNS_NAME =
            "(?i)[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*\\.?";

    private TargetParser() {}

    /**
     * The port stands behind the last colon, whatever stands before it; then a slash makes it a
     * name of the cluster, brackets or digits an address (RFC 3986, 3.2.2), and anything else a DNS
     * name.
     */
    static FlowTarget parse(String text) throws Mismatch {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || colon == text.length() - 1) {
            throw new Mismatch(WORDS);
        }
        String host = text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (host.indexOf('/') >= 0) {
            return named(Slashed.of(host), port, text);
        }
        if (!host.startsWith("[") && host.indexOf(':') >= 0) {
            throw new Mismatch("[IPv6]:port", bracketed(host, port, text));
        }
        if (host.startsWith("[") || host.matches("[0-9.]+")) {
            number(port);
            return new FlowTarget.AddressTarget(
                    endpoint(text)
                            .orElseThrow(() -> new Mismatch("an IP address before the port")));
        }
        if (host.length() > 254 || !host.matches(DNS_NAME)) {
            throw new Mismatch(WORDS);
        }
        return new FlowTarget.DnsTarget(host, number(port));
    }

    /** {@code IP:port} or {@code [IPv6]:port}. */
    public static Optional<SocketAddress> endpoint(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text.substring(colon + 1));
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        Optional<IpAddress> address =
                IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host);
        return address.filter(ip -> ip.isV4() != bracketed && port >= 1 && port <= 65535)
                .map(ip -> new SocketAddress(ip, port));
    }

    /** What was probably meant by an IPv6 address without brackets. */
    private static @Nullable String bracketed(String host, String port, String text) {
        boolean both = IpAddress.parse(host).isPresent() && port.matches("[0-9]{1,5}");
        return both ? "[" + host + "]:" + port
                : IpAddress.parse(text).isPresent() ? "[" + text + "]:80"
                : null;
    }

    private static FlowTarget named(Slashed host, String port, String text) throws Mismatch {
        return switch (host.first()) {
            case "service" -> service(host, port);
            case "pod" -> new FlowTarget.PodTarget(host.namespace(), host.name(), number(port));
            case "node" -> new FlowTarget.NodeTarget(host.onlyName(), number(port));
            default -> throw Slashed.of(text).mismatch(WORDS, List.of("service", "pod", "node"));
        };
    }

    /** Without {@code @vip} the ClusterIP is meant, as a name in the cluster's DNS would. */
    private static FlowTarget service(Slashed host, String port) throws Mismatch {
        boolean vip = host.text().endsWith(VIP);
        Slashed plain = vip
                ? Slashed.of(host.text().substring(0, host.text().length() - VIP.length()))
                : host;
        // IANA service names: what a Service may call its ports.
        if (!port.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new Mismatch("the name or the number of a port after the last colon");
        }
        if (port.matches("[0-9]+")) {
            number(port);
        }
        return new FlowTarget.ServiceTarget(plain.namespace(), plain.name(), port, vip);
    }

    /** Port 0 is reserved (RFC 6335) and nothing can listen there. */
    private static int number(String port) throws Mismatch {
        if (!port.matches("[0-9]{1,6}")) {
            throw new Mismatch(PORT_RANGE);
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65535) {
            throw new Mismatch(PORT_RANGE);
        }
        return number;
    }
}
