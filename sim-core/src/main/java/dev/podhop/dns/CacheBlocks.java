package dev.podhop.dns;

import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The server blocks of a node cache's Corefile: which zone is kept for how long, and who is asked
 * for what is not kept.
 */
final class CacheBlocks {

    /** What stands for the upstream Service's address, and for the node's own resolv.conf. */
    private static final String CLUSTER_DNS = "__PILLAR__CLUSTER__DNS__";
    private static final String DOMAIN = "__PILLAR__DNS__DOMAIN__";

    private CacheBlocks() {}

    /**
     * One block.
     *
     * @param zones names in it, canonical; empty for the root
     * @param plugins its cache
     * @param upstream whether it asks the upstream Service
     * @param address the one address that it asks instead; null for none
     * @param tcp {@code force_tcp}
     */
    record Block(List<String> zones, Corefile plugins, boolean upstream,
            @Nullable IpAddress address, boolean tcp) {

        /** Length of its zone that holds the name; negative for none. */
        int holds(String name) {
            return zones.stream().filter(z -> z.isEmpty() || DnsNames.isIn(name, z))
                    .mapToInt(String::length).max().orElse(-1);
        }
    }

    /** As the manifest of the project has it. */
    static String usual() {
        String kept = "{\n success 9984 30\n denial 9984 5\n }";
        return usual(DOMAIN, kept) + usual("in-addr.arpa", "30") + usual("ip6.arpa", "30")
                + ".:53 {\n cache 30\n forward . __PILLAR__UPSTREAM__SERVERS__\n}\n";
    }

    private static String usual(String zone, String kept) {
        return zone + ":53 {\n cache " + kept + "\n forward . " + CLUSTER_DNS
                + " {\n force_tcp\n }\n}\n";
    }

    /** The blocks of a text. */
    static List<Block> parse(String text, String domain) {
        List<Block> blocks = new ArrayList<>();
        List<String> body = new ArrayList<>();
        String head = "";
        int depth = 0;
        for (String line : text.replace(DOMAIN, domain).lines().map(CacheBlocks::code).toList()) {
            int before = depth;
            depth += (int) (line.chars().filter(c -> c == '{').count()
                    - line.chars().filter(c -> c == '}').count());
            if (before == 0 && depth > 0) {
                head = line.replace("{", " ");
                body.clear();
            } else if (before > 0 && depth == 0) {
                blocks.add(block(head, body));
            } else if (depth > 0) {
                body.add(line);
            }
        }
        return blocks;
    }

    private static String code(String line) {
        return (line.contains("#") ? line.substring(0, line.indexOf('#')) : line).strip();
    }

    private static Block block(String head, List<String> body) {
        List<String> zones = Arrays.stream(head.strip().split("[\\s,]+"))
                .map(zone -> zone.replaceFirst("^dns://", "").replaceFirst(":[0-9]+$", ""))
                .map(DnsNames::canonical).toList();
        String forward = body.stream().filter(line -> line.startsWith("forward ")).findFirst()
                .orElse("");
        String target = Arrays.stream(forward.split("[\\s{]+")).skip(2).findFirst().orElse("")
                .replaceFirst("^dns://", "");
        return new Block(zones, Corefile.parse(String.join("\n", body)),
                target.equals(CLUSTER_DNS), IpAddress.parse(target).orElse(null),
                body.contains("force_tcp"));
    }
}
