package dev.podhop.dns;

import dev.podhop.k8s.Container;
import dev.podhop.k8s.Pod;
import dev.podhop.net.IpAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * NodeLocal DNSCache on one node, as the flags of its pod have it ({@code parseAndValidateFlags} of
 * kubernetes/dns, cmd/node-cache): a CoreDNS that listens on addresses which it gives the node.
 *
 * @param container its container
 * @param addresses {@code -localip}, all of one family
 * @param device {@code -interfacename}: the dummy device that has them
 * @param upstream {@code -upstreamsvc}: the Service that it asks; empty where no flag says it
 * @param ownDevice {@code -setupinterface}
 * @param ownRules {@code -setupiptables}
 * @param staysBehind {@code -skipteardown}: device and rules stay when the process ends
 * @param healthPort {@code -health-port}
 */
public record NodeCache(String container, List<IpAddress> addresses, String device, String upstream,
        boolean ownDevice, boolean ownRules, boolean staysBehind, int healthPort) {

    /** Where it listens for questions. */
    public static final int PORT = 53;
    /** Where one in {@code kube-system} asks that has no flag for it, as its manifest has it. */
    public static final String USUAL_UPSTREAM = "kube-dns-upstream";
    private static final int USUAL_HEALTH_PORT = 8080;
    private static final int MOST_PORT = 65_535;

    public NodeCache {
        addresses = List.copyOf(addresses);
    }

    /** The cache that a pod is; empty for any other pod. */
    public static Optional<NodeCache> of(Pod pod) {
        return pod.spec().hostNetwork() ? of(pod.spec().containers()) : Optional.empty();
    }

    /** The cache among the containers of a pod on its node's network. */
    public static Optional<NodeCache> of(List<Container> containers) {
        return containers.stream().flatMap(container -> of(container).stream()).findFirst();
    }

    private static Optional<NodeCache> of(Container container) {
        Map<String, String> flags = flags(container.words());
        List<IpAddress> addresses = Arrays.stream(flags.getOrDefault("localip", "").split(","))
                .flatMap(text -> IpAddress.parse(text.strip()).stream()).toList();
        return addresses.isEmpty() ? Optional.empty()
                : Optional.of(new NodeCache(container.name(), addresses,
                        flags.getOrDefault("interfacename", "nodelocaldns"),
                        flags.getOrDefault("upstreamsvc", ""),
                        isTrue(flags.getOrDefault("setupinterface", "true")),
                        isTrue(flags.getOrDefault("setupiptables", "true")),
                        isTrue(flags.getOrDefault("skipteardown", "false")),
                        port(flags.getOrDefault("health-port", ""))));
    }

    /** Go's package flag: {@code -name value}, {@code -name=value}; alone it is true. */
    private static Map<String, String> flags(List<String> words) {
        Map<String, String> flags = new LinkedHashMap<>();
        String open = "";
        for (String word : words) {
            boolean names = word.startsWith("-") && word.length() > 1;
            if (names) {
                String flag = word.substring(word.startsWith("--") ? 2 : 1);
                int equals = flag.indexOf('=');
                open = equals < 0 ? flag : "";
                flags.put(equals < 0 ? flag : flag.substring(0, equals),
                        equals < 0 ? "true" : flag.substring(equals + 1));
            } else if (!open.isEmpty()) {
                flags.put(open, word);
                open = "";
            }
        }
        return flags;
    }

    private static boolean isTrue(String word) {
        return List.of("1", "t", "T", "true", "TRUE", "True").contains(word);
    }

    private static int port(String text) {
        boolean sound = !text.isEmpty() && text.length() <= 5
                && text.chars().allMatch(Character::isDigit);
        int number = sound ? Integer.parseInt(text) : 0;
        return number > 0 && number <= MOST_PORT ? number : USUAL_HEALTH_PORT;
    }
}
