package dev.podhop.run.truth;

import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.kubeproxy.ProxyMode;
import dev.podhop.nodedump.DumpReader;
import dev.podhop.nodedump.DumpedSet;
import dev.podhop.nodedump.NodeDump;
import dev.podhop.run.odds.Moments;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.stage.Stage;
import dev.podhop.scenario.KubernetesVersion;
import dev.podhop.scenario.LoadedScenario;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What nodes' dumps say of a cluster at one moment. */
public final class Truths {

    /** Releases between which kube-proxy writes other rules. */
    private static final List<Integer> WRITERS = List.of(30, 33, 34, 35, 36, 37);

    private final LoadedScenario scenario;
    private final RunWatch watch;
    private final Moment moment;
    private final Owners owners;
    private final Map<String, Optional<Truths>> otherwise = new HashMap<>();

    /** @param moment of the scenario, at which the dumps were made */
    public Truths(LoadedScenario scenario, RunWatch watch, Moment moment) {
        this.scenario = scenario;
        this.watch = watch;
        this.moment = moment;
        Stage stage = moment.stage();
        this.owners = new Owners(stage.controlPlane().services(), stage.controlPlane()::vips);
    }

    /**
     * The mode in which nodes' kube-proxies run as their dumps show, where the file leaves it open
     * and takes another one for granted; as a setting.
     */
    public static Optional<String> shownMode(LoadedScenario scenario,
            Collection<NodeDump> dumps) {
        Set<ProxyMode> modes = new TreeSet<>();
        dumps.forEach(dump -> modes.addAll(DumpedMode.of(dump).keySet()));
        boolean open = scenario.assumptions().stream()
                .anyMatch(a -> a.key().equals("kubeProxy.mode"));
        return open && modes.size() == 1
                && !modes.iterator().next().toString().equals(scenario.kubeProxy().mode())
                        ? Optional.of("kubeProxy.mode=" + modes.iterator().next())
                        : Optional.empty();
    }

    /** What one node's dump says; nothing where it is as expected. */
    public List<Truth> of(String node, NodeDump found) {
        List<Truth> truths = new ArrayList<>();
        rules(node, found, truths);
        truths.addAll(new ForeignRules(new Probes(scenario, moment.stage(), node, mode()), found,
                expected(node)).found());
        Settings.full(node, found).ifPresent(truths::add);
        truths.addAll(new StaleEntries(moment.stage(), node, found, owners).found());
        return truths;
    }

    private void rules(String node, NodeDump found, List<Truth> truths) {
        Map<ProxyMode, Location> modes = DumpedMode.of(found);
        ProxyMode wanted = mode();
        Optional<Map.Entry<ProxyMode, Location>> other = modes.entrySet().stream()
                .filter(m -> m.getKey() != wanted).findFirst();
        boolean asWanted = modes.containsKey(wanted);
        if (other.isPresent() && (asWanted || !isAssumed("kubeProxy.mode"))) {
            Location where = other.get().getValue();
            truths.add(new Truth(Truth.Kind.MODE, node, where,
                    (asWanted ? TruthReason.MODE_TOO : TruthReason.MODE).of(node,
                            other.get().getKey(), place(where), wanted)));
        }
        if (asWanted) {
            compared(node, found, truths);
        } else if (other.isPresent()) {
            under("kubeProxy.mode=" + other.get().getKey())
                    .ifPresent(as -> as.compared(node, found, truths));
        } else {
            absent(node, found, wanted, truths);
        }
    }

    private ProxyMode mode() {
        return ProxyMode.named(scenario.kubeProxy().mode()).orElse(ProxyMode.IPTABLES);
    }

    /** Whether the file leaves that open. */
    private boolean isAssumed(String key) {
        return scenario.assumptions().stream().anyMatch(a -> a.key().equals(key));
    }

    /** The same cluster, at the same moment, otherwise set. */
    private Optional<Truths> under(String setting) {
        return otherwise.computeIfAbsent(setting, s -> scenario.set(List.of(s))
                .map(changed -> new Truths(changed, watch,
                        new Moments(changed, watch, changed.spec().seed()).at(moment.atNanos()))));
    }

    private void absent(String node, NodeDump found, ProxyMode wanted, List<Truth> truths) {
        Optional<Location> where = wanted == ProxyMode.NFTABLES
                ? Optional.ofNullable(found.nftFrom())
                : found.hasTable("ip", "nat") ? found.iptablesFrom()
                : Optional.empty();
        boolean expects = !new KubeChains(expected(node)).isEmpty();
        if (where.isEmpty() || !expects) {
            return;
        }
        Optional<String> by = DumpedMode.replacement(found);
        truths.add(by.isPresent()
                ? new Truth(Truth.Kind.REPLACED, node, where.get(),
                        TruthReason.REPLACED.of(node, by.get(), place(where.get())))
                : new Truth(Truth.Kind.ABSENT, node, where.get(),
                        TruthReason.ABSENT.of(node, place(where.get()))));
    }

    private void compared(String node, NodeDump found, List<Truth> truths) {
        RulesComparison best = comparison(node, found);
        KubernetesVersion version = null;
        if (best.differences().stream().filter(d -> d.service().isEmpty()).count() > 1) {
            for (int minor : WRITERS) {
                Optional<RulesComparison> as = under("kubernetesVersion=1." + minor)
                        .map(t -> t.comparison(node, found));
                if (as.isPresent()
                        && as.get().differences().size() < best.differences().size()) {
                    best = as.get();
                    version = KubernetesVersion.parse("1." + minor).orElse(null);
                }
            }
        }
        Optional<DumpedSet> strange = best.strange();
        if (strange.isPresent() && !best.differences().isEmpty()) {
            truths.add(new Truth(Truth.Kind.VERSION, node, strange.get().where(),
                    TruthReason.ARRANGEMENT.of(node, strange.get().name(),
                            place(strange.get().where()))));
            return;
        }
        if (version != null) {
            Location where = found.from().orElseThrow();
            truths.add(new Truth(Truth.Kind.VERSION, node, where, TruthReason.VERSION.of(node,
                    version, place(where), scenario.spec().kubernetesVersion())));
        }
        truths.addAll(new RulesVerdict(node, owners, best, knowsAll()).truths());
    }

    private RulesComparison comparison(String node, NodeDump found) {
        boolean lenient = isAssumed("kubeProxy.clusterCIDR") || isAssumed("kubeProxy.mode");
        return new RulesComparison(expected(node), found, owners, lenient);
    }

    private NodeDump expected(String node) {
        NodeDump expected = new NodeDump();
        Problems problems = new Problems();
        String text = moment.stage().cluster().rules(node);
        if (!text.isBlank()) {
            new DumpReader(expected, problems).read("expected", text);
        }
        return expected;
    }

    /** Whether Services that the file lacks are none of the cluster's. */
    private boolean knowsAll() {
        return !scenario.bareDump() || scenario.objects(Service.class)
                .anyMatch(s -> s.metadata().namespace().equals("kube-system"));
    }

    static String place(Location where) {
        return where.file() + ":" + where.line();
    }
}
