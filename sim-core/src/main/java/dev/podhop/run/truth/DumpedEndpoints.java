package dev.podhop.run.truth;

import dev.podhop.k8s.source.Location;
import dev.podhop.nodedump.DumpedChain;
import dev.podhop.nodedump.DumpedRule;
import dev.podhop.nodedump.DumpedServer;
import dev.podhop.nodedump.NodeDump;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** To which endpoints a node sends what is for a Service port, and what belongs to each at all. */
final class DumpedEndpoints {

    private static final Pattern IPTABLES = Pattern.compile("--to-destination (\\S+)");
    private static final Pattern NFT = Pattern.compile("dnat (?:ip6? )?to (\\S+)");

    private static final Pattern CHAIN = Pattern.compile("\\bendpoint-[^\\s,}]+");

    /** By Service port, then {@code ip:port}, with where it stands. */
    private final Map<String, Map<String, Location>> endpoints = new TreeMap<>();
    /** Where each Service port is first spoken of. */
    private final Map<String, Location> spoken = new LinkedHashMap<>();
    private final Owners owners;

    DumpedEndpoints(NodeDump dump, KubeChains chains, Owners owners) {
        this.owners = owners;
        for (DumpedChain.Name name : chains.names()) {
            for (DumpedRule rule : chains.rules(name)) {
                owner(name, rule).ifPresent(service -> {
                    spoken.putIfAbsent(service, rule.where());
                    if (chooses(name.chain())) {
                        chosen(chains, name, rule, service);
                    }
                });
            }
        }
        dump.sets().stream().filter(set -> set.table().equals(KubeChains.NFT_TABLE)).forEach(
                set -> set.elements().forEach((element, where) -> owners.of(element)
                        .ifPresent(service -> spoken.putIfAbsent(service, where))));
        dump.servers().forEach(this::server);
    }

    /** Whose a rule is: its chain's, else whoever it names. */
    Optional<String> owner(DumpedChain.Name name, DumpedRule rule) {
        return owners.ofChain(name.chain()).or(() -> owners.of(rule.printed()));
    }

    private static boolean chooses(String chain) {
        return chain.startsWith("KUBE-SVC-") || chain.startsWith("KUBE-SVL-")
                || chain.startsWith("service-") || chain.startsWith("local-");
    }

    private void chosen(KubeChains chains, DumpedChain.Name from, DumpedRule rule,
            String service) {
        if (!from.nft()) {
            if (rule.verdict().target().startsWith("KUBE-SEP-")) {
                translated(chains, from.sibling(rule.verdict().target()), service, IPTABLES,
                        rule.where());
            }
            return;
        }
        Matcher endpoint = CHAIN.matcher(rule.text());
        while (endpoint.find()) {
            translated(chains, from.sibling(endpoint.group()), service, NFT, rule.where());
        }
    }

    private void translated(KubeChains chains, DumpedChain.Name of, String service,
            Pattern pattern, Location from) {
        for (DumpedRule rule : chains.rules(of)) {
            Matcher to = pattern.matcher(rule.text());
            if (to.find()) {
                add(service, to.group(1), from);
            }
        }
    }

    private void server(DumpedServer server) {
        String service = owners.ofServer(server.key()).orElse(server.key());
        spoken.putIfAbsent(service, server.where());
        server.weights().forEach((real, weight) -> {
            if (weight > 0) { // else it only ends what it has begun
                add(service, real, server.where());
            }
        });
    }

    private void add(String service, String endpoint, Location where) {
        endpoints.computeIfAbsent(service, s -> new TreeMap<>()).putIfAbsent(endpoint, where);
    }

    Map<String, Location> of(String service) {
        return endpoints.getOrDefault(service, Map.of());
    }

    Map<String, Location> spoken() {
        return spoken;
    }
}
