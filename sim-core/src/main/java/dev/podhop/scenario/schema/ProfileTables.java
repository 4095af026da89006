package dev.podhop.scenario.schema;

import dev.podhop.cloud.LoadBalancerProfile;
import dev.podhop.cloud.LoadBalancerProfiles;

/** The load balancers' profiles, each value with its mark and its source. */
final class ProfileTables {

    private ProfileTables() {}

    /** Values are only as good as their sources, so these stand beside them. */
    static void append(StringBuilder page) {
        page.append("\n## Load balancer profiles\n\n`modelled`: the source documents the value;"
                + " `assumed`: nobody does, it is a plausible one. `ingress`, `entry`,"
                + " `localRoute`, `nodes`, `endpoints`, `weight`, `loadBalancerIP`,"
                + " `loadBalancerClass` and `listenerName` belong to the profile and cannot be"
                + " overridden; `healthCheck.question` is the `port`, `clusterPort`, `protocol`,"
                + " `path` and `portNumber` of a `healthCheck`.\n");
        append(page, LoadBalancerProfiles.plain());
        for (String name : LoadBalancerProfiles.names()) {
            append(page, LoadBalancerProfiles.of(name).orElseThrow());
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
