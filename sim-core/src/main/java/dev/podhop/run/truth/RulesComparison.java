package dev.podhop.run.truth;

import dev.podhop.k8s.source.Location;
import dev.podhop.nodedump.DumpedChain;
import dev.podhop.nodedump.DumpedRule;
import dev.podhop.nodedump.DumpedServer;
import dev.podhop.nodedump.DumpedSet;
import dev.podhop.nodedump.NodeDump;
import dev.podhop.run.truth.Difference.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** kube-proxy's own rules of a node, held against those that are expected there. */
final class RulesComparison {

    /** kube-proxy walks a Go map of Services: these have a random order. */
    private static final Set<String> UNORDERED = Set.of("KUBE-SERVICES", "KUBE-NODEPORTS",
            "KUBE-EXTERNAL-SERVICES", "KUBE-PROXY-FIREWALL", "services");
    private static final Pattern LOCAL_SOURCE =
            Pattern.compile("(! )?(-s|-i) \\S+ ?|ip6? saddr (!= )?\\S+/\\d+ ?"
                    + "|iif(name)? (!= )?\\S+ ?");

    private final NodeDump expected;
    private final NodeDump found;
    private final KubeChains expectedChains;
    private final KubeChains foundChains;
    private final DumpedEndpoints expectedEndpoints;
    private final DumpedEndpoints foundEndpoints;
    private final Owners owners;
    private final boolean lenient;
    private final List<Difference> differences = new ArrayList<>();

    /** @param lenient whether how kube-proxy tells pods from others is not known, and left aside */
    RulesComparison(NodeDump expected, NodeDump found, Owners owners, boolean lenient) {
        this.expected = expected;
        this.found = found;
        this.owners = owners;
        this.lenient = lenient;
        this.expectedChains = new KubeChains(expected);
        this.foundChains = new KubeChains(found);
        this.expectedEndpoints = new DumpedEndpoints(expected, expectedChains, owners);
        this.foundEndpoints = new DumpedEndpoints(found, foundChains, owners);
        chains();
        sets();
        servers();
        bound();
    }

    List<Difference> differences() {
        return differences;
    }

    /** A set of kube-proxy's that no version known has: it arranges its rules another way. */
    Optional<DumpedSet> strange() {
        return found.sets().stream().filter(set -> set.table().equals(KubeChains.NFT_TABLE))
                .filter(set -> !set.name().startsWith("affinity-")
                        && expected.set(set.key()).isEmpty())
                .findFirst();
    }

    DumpedEndpoints expectedEndpoints() {
        return expectedEndpoints;
    }

    DumpedEndpoints foundEndpoints() {
        return foundEndpoints;
    }

    private void chains() {
        Set<String> dumped = foundChains.tables(found);
        Set<DumpedChain.Name> names = new LinkedHashSet<>(expectedChains.names());
        names.addAll(foundChains.names());
        for (DumpedChain.Name name : names) {
            boolean both = expectedChains.names().contains(name)
                    && foundChains.names().contains(name);
            boolean begins = !KubeChains.isOwn(name.chain()) && !name.nft()
                    || name.nft() && isBase(name);
            if ((both || begins) && (name.nft() ? found.nftFrom() != null
                    : dumped.contains(KubeChains.table(name)))) {
                chain(name);
            }
        }
    }

    private boolean isBase(DumpedChain.Name name) {
        return expected.chain(name).or(() -> found.chain(name))
                .filter(chain -> chain.base() != null).isPresent();
    }

    private void chain(DumpedChain.Name name) {
        List<DumpedRule> wanted = expectedChains.rules(name);
        List<DumpedRule> there = foundChains.rules(name);
        Map<String, Integer> counts = new HashMap<>();
        there.forEach(rule -> counts.merge(text(name, rule), 1, Integer::sum));
        Location at = found.chain(name).map(DumpedChain::where).or(found::from).orElseThrow();
        int before = differences.size();
        for (DumpedRule rule : wanted) {
            if (counts.merge(text(name, rule), -1, Integer::sum) < 0) {
                add(Side.MISSING, name, rule, at);
            }
        }
        for (DumpedRule rule : there) {
            if (counts.getOrDefault(text(name, rule), 0) > 0) {
                counts.merge(text(name, rule), -1, Integer::sum);
                if (!isTwice(rule, there)) {
                    add(Side.EXTRA, name, rule, rule.where());
                }
            }
        }
        if (differences.size() == before) {
            moved(name, wanted, there);
        }
    }

    /** A rule that stands there twice does no more than once. */
    private static boolean isTwice(DumpedRule rule, List<DumpedRule> there) {
        return there.stream().filter(r -> r.text().equals(rule.text())).count() > 1;
    }

    private void moved(DumpedChain.Name name, List<DumpedRule> wanted, List<DumpedRule> there) {
        if (UNORDERED.contains(name.chain())) {
            DumpedRule last = wanted.isEmpty() ? null : wanted.getLast();
            if (last != null && !there.isEmpty() && last.verdict().target().equals("KUBE-NODEPORTS")
                    && !there.getLast().verdict().target().equals("KUBE-NODEPORTS")) {
                add(Side.MOVED, name, last, there.getLast().where());
            }
            return;
        }
        for (int i = 0; i < Math.min(wanted.size(), there.size()); i++) {
            if (!text(name, wanted.get(i)).equals(text(name, there.get(i)))) {
                add(Side.MOVED, name, there.get(i), there.get(i).where());
                return;
            }
        }
    }

    private void add(Side side, DumpedChain.Name name, DumpedRule rule, Location where) {
        String service = expectedEndpoints.owner(name, rule).orElse("");
        differences.add(new Difference(side, service, rule.printed(), name.toString(), where));
    }

    private String text(DumpedChain.Name name, DumpedRule rule) {
        boolean asks = rule.verdict().target().equals("KUBE-MARK-MASQ")
                || rule.verdict().target().startsWith("KUBE-SVC-")
                || rule.verdict().target().startsWith("KUBE-SVL-")
                || rule.verdict().target().equals("mark-for-masquerade")
                || rule.verdict().target().startsWith("service-");
        boolean ofService = !name.chain().startsWith("KUBE-SEP-")
                && !name.chain().startsWith("endpoint-");
        return lenient && asks && ofService ? LOCAL_SOURCE.matcher(rule.text()).replaceAll("")
                : rule.text();
    }

    private void sets() {
        Set<String> keys = new TreeSet<>();
        expected.sets().stream().filter(RulesComparison::isCompared).forEach(
                set -> keys.add(set.key()));
        found.sets().stream().filter(RulesComparison::isCompared).forEach(
                set -> keys.add(set.key()));
        for (String key : keys) {
            boolean ofIpset = key.startsWith("ipset ");
            Location from = ofIpset ? found.setsFrom() : found.nftFrom();
            if (from != null) {
                set(key, from);
            }
        }
    }

    private static boolean isCompared(DumpedSet set) {
        return set.table().equals(KubeChains.NFT_TABLE) && !set.name().startsWith("affinity-")
                || set.family().equals("ipset") && set.name().startsWith("KUBE-");
    }

    private void set(String key, Location from) {
        Map<String, Location> wanted = expected.set(key).map(DumpedSet::elements)
                .orElse(Map.of());
        Map<String, Location> there = found.set(key).map(DumpedSet::elements).orElse(Map.of());
        String name = key.substring(key.lastIndexOf(' ') + 1);
        Location at = found.set(key).map(DumpedSet::where).orElse(from);
        wanted.keySet().stream().filter(e -> !there.containsKey(e)).forEach(e -> differences.add(
                new Difference(Side.MISSING, owners.of(e).orElse(""), e, name, at)));
        there.forEach((e, where) -> {
            if (!wanted.containsKey(e)) {
                differences.add(new Difference(Side.EXTRA, owners.of(e).orElse(""), e, name,
                        where));
            }
        });
    }

    private void servers() {
        Location from = found.serversFrom();
        if (from == null || expected.serversFrom() == null) {
            return;
        }
        for (DumpedServer server : expected.servers()) {
            String service = owners.ofServer(server.key()).orElse("");
            DumpedServer there = found.server(server.key()).orElse(null);
            if (there == null || !flags(there).equals(flags(server))) {
                differences.add(new Difference(Side.MISSING, service, server.key() + " "
                        + server.flags(), "ipvs", there == null ? from : there.where()));
                continue;
            }
            if (!usable(server).equals(usable(there))) {
                Set<String> lost = new TreeSet<>(usable(server));
                lost.removeAll(usable(there));
                Set<String> more = new TreeSet<>(usable(there));
                more.removeAll(usable(server));
                lost.forEach(real -> differences.add(new Difference(Side.MISSING, service,
                        server.key() + " -> " + real, "ipvs", there.where())));
                more.forEach(real -> differences.add(new Difference(Side.EXTRA, service,
                        server.key() + " -> " + real, "ipvs", there.where())));
            }
        }
        found.servers().stream().filter(s -> expected.server(s.key()).isEmpty())
                .forEach(s -> differences.add(new Difference(Side.EXTRA,
                        owners.ofServer(s.key()).orElse(s.key()), s.key() + " " + s.flags(),
                        "ipvs", s.where())));
    }

    private static Set<String> usable(DumpedServer server) {
        Set<String> usable = new TreeSet<>();
        server.weights().forEach((real, weight) -> {
            if (weight > 0) {
                usable.add(real);
            }
        });
        return usable;
    }

    private static String flags(DumpedServer server) {
        return server.flags().replaceAll("\\s+", " ");
    }

    private void bound() {
        Location from = found.boundFrom();
        if (from == null || expected.boundFrom() == null) {
            return;
        }
        expected.bound().keySet().stream().sorted().filter(a -> !found.bound().containsKey(a))
                .forEach(a -> differences.add(new Difference(Side.MISSING, "", a, "kube-ipvs0",
                        from)));
        found.bound().forEach((a, where) -> {
            if (!expected.bound().containsKey(a) && !a.startsWith("fe80:")) {
                differences.add(new Difference(Side.EXTRA, "", a, "kube-ipvs0", where));
            }
        });
    }
}
