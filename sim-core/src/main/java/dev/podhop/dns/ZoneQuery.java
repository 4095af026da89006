package dev.podhop.dns;

import org.jspecify.annotations.Nullable;

/**
 * A name of the cluster's zone, taken apart from its end ({@code parseRequest} of CoreDNS' {@code
 * kubernetes} plugin).
 *
 * <pre>
 *                      service.namespace.svc     the Service
 *             endpoint.service.namespace.svc     one of its endpoints
 *   _port._protocol.   service.namespace.svc     one of its ports
 *                   10-0-0-1.namespace.pod       a pod's address
 * </pre>
 *
 * Parts that the name does not have are empty.
 */
record ZoneQuery(String kind, String namespace, String service, String endpoint, String port,
        String protocol) {

    static final String SERVICE = "svc";
    static final String POD = "pod";

    private static final ZoneQuery APEX = new ZoneQuery("", "", "", "", "", "");

    /** The parts of a name in the zone; null for one that can be nobody's. */
    static @Nullable ZoneQuery parse(String name, String zone) {
        if (name.equals(zone)) {
            return APEX;
        }
        String[] labels = name.substring(0, name.length() - zone.length() - 1).split("\\.");
        int last = labels.length - 1;
        String kind = labels[last];
        if (!kind.equals(SERVICE) && !kind.equals(POD)) {
            return null;
        }
        String namespace = last >= 1 ? labels[last - 1] : "";
        String service = last >= 2 ? labels[last - 2] : "";
        return switch (last) {
            case 0, 1, 2 -> new ZoneQuery(kind, namespace, service, "", "", "");
            case 3 -> new ZoneQuery(kind, namespace, service, labels[0], "", "");
            case 4 -> new ZoneQuery(kind, namespace, service, "", bare(labels[0]),
                    bare(labels[1]));
            default -> null;
        };
    }

    private static String bare(String label) {
        return label.startsWith("_") ? label.substring(1) : label;
    }

    /** Whether a port is meant: without words about one, every port is. */
    boolean wants(String portName, String portProtocol) {
        return (port.isEmpty() || port.equalsIgnoreCase(portName))
                && (protocol.isEmpty() || protocol.equalsIgnoreCase(portProtocol));
    }
}
