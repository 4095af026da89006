package dev.podhop.scenario.schema;

import dev.podhop.cloud.LoadBalancerKey;
import dev.podhop.cloud.LoadBalancerProfile;
import dev.podhop.cloud.LoadBalancerProfiles;
import dev.podhop.cloud.Provenance.Mark;
import java.util.List;
import java.util.stream.Collectors;

/** The load balancers' profiles, each value with its mark and its source. */
final class ProfileTables {

    /** What the profiles are told apart by. */
    private static final List<LoadBalancerKey> AT_A_GLANCE = List.of(LoadBalancerKey.UNHEALTHY,
            LoadBalancerKey.REMOVED, LoadBalancerKey.DEREGISTRATION_DELAY, LoadBalancerKey.CHANGED,
            LoadBalancerKey.QUESTION, LoadBalancerKey.NODE_TIMEOUT, LoadBalancerKey.SOURCE_RANGES,
            LoadBalancerKey.LOAD_BALANCER_IP, LoadBalancerKey.CLASSES, LoadBalancerKey.ENDPOINTS);

    private ProfileTables() {}

    /** Values are only as good as their sources, so these stand beside them. */
    static void append(StringBuilder page) {
        page.append("\n## Load balancer profiles\n\n`modelled`: the source documents the value;"
                + " `assumed`: nobody does, it is a plausible one. `ingress`, `entry`,"
                + " `localRoute`, `nodes`, `endpoints`, `weight`, `loadBalancerIP`,"
                + " `loadBalancerClass`, `listenerName`, `addresses`, `tags`, `ports`,"
                + " `affinityAdvice` and `nodeAddress` belong to the profile and cannot be"
                + " overridden; `healthCheck.question` is the `port`, `clusterPort`, `protocol`,"
                + " `path` and `portNumber` of a `healthCheck`.\n");
        overview(page);
        append(page, LoadBalancerProfiles.plain());
        for (String name : LoadBalancerProfiles.names()) {
            append(page, LoadBalancerProfiles.of(name).orElseThrow());
        }
    }

    /** A row for every profile: what it does, how much of it is known, and what is assumed. */
    private static void overview(StringBuilder page) {
        page.append("\n| profile | ").append(AT_A_GLANCE.stream().map(key -> "`" + key + "`")
                .collect(Collectors.joining(" | "))).append(" | known | assumed |\n|---|")
                .append("---|".repeat(AT_A_GLANCE.size() + 2)).append('\n');
        for (String name : LoadBalancerProfiles.names()) {
            LoadBalancerProfile profile = LoadBalancerProfiles.of(name).orElseThrow();
            List<String> assumed = profile.provenance().entrySet().stream()
                    .filter(entry -> entry.getValue().mark() == Mark.ASSUMED)
                    .map(entry -> "`" + entry.getKey() + "`").toList();
            page.append("| [`").append(name).append("`](#").append(name).append(") | ")
                    .append(AT_A_GLANCE.stream().map(key -> key.text(profile.settings()))
                            .collect(Collectors.joining(" | ")))
                    .append(" | ").append(profile.provenance().size() - assumed.size())
                    .append(" of ").append(profile.provenance().size()).append(" | ")
                    .append(String.join(", ", assumed)).append(" |\n");
        }
    }

    private static void append(StringBuilder page, LoadBalancerProfile profile) {
        page.append("\n### `").append(profile.name()).append("`\n\n").append(profile.summary())
                .append("\n\n| key | value | mark | source |\n|---|---|---|---|\n");
        profile.provenance().forEach((key, provenance) -> page.append("| `").append(key)
                .append("` | ").append(key.text(profile.settings())).append(" | ")
                .append(provenance.mark()).append(" | ").append(provenance.source())
                .append(" |\n"));
    }
}
