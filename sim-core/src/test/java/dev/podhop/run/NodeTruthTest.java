package dev.podhop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.k8s.source.Problems;
import dev.podhop.nodedump.DumpReader;
import dev.podhop.nodedump.NodeDump;
import dev.podhop.run.Lab.Case;
import dev.podhop.run.odds.Moments;
import dev.podhop.run.odds.Moments.Moment;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.truth.Truth;
import dev.podhop.run.truth.Truths;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.TimelineEntry;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules that real kube-proxies wrote have no truth to tell; the same with a change in them do. */
class NodeTruthTest {

    private static final long SETTLED_NANOS = 120_000_000_000L;
    /** {@code -Dpodhop.seeds}: changes of each kind for each node. */
    private static final int CHANGES = Integer.getInteger("podhop.seeds", 1);

    static List<Case> cases() {
        // whose rules the lab wrote by hand, those are not as a kube-proxy's
        return Lab.withRules().stream().filter(lab -> !lab.hasLaterLayout()
                && !(lab.byHand() && lab.name().startsWith("policy-"))).toList();
    }

    /** A case, settled after all that happens in it. */
    private record Settled(Moment moment, Truths truths) {

        static Settled of(Case lab) {
            LoadedScenario scenario = lab.load();
            long end = scenario.timeline().stream().mapToLong(TimelineEntry::atNanos).max()
                    .orElse(0) + SETTLED_NANOS;
            Moment moment = new Moments(scenario, RunWatch.NONE, scenario.spec().seed()).at(end);
            return new Settled(moment, new Truths(scenario, RunWatch.NONE, moment));
        }

        List<String> nodes() {
            return moment.stage().cluster().nodeNames();
        }

        List<Truth> of(String node, String text) {
            NodeDump dump = new NodeDump();
            Problems problems = new Problems();
            new DumpReader(dump, problems).read(node, text);
            assertThat(problems.all()).isEmpty();
            return truths.of(node, dump);
        }
    }

    private static Optional<String> text(Case lab, String node) {
        return lab.read(node + ".iptables-save").or(() -> lab.read(node + ".nft"))
                .or(() -> lab.read(node + ".ipvs"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatAKubeProxyWroteIsAsExpectedAndEveryChangeIsNamed(Case lab) {
        Settled settled = Settled.of(lab);
        for (String node : settled.nodes()) {
            String text = text(lab, node).filter(t -> !t.isBlank()).orElse("");
            if (text.isEmpty()) {
                continue;
            }
            assertThat(settled.of(node, text)).as(lab + " " + node).isEmpty();
            assertThat(settled.of(node, OthersRules.among(text)))
                    .as(lab + " " + node + " among others' rules").isEmpty();
            PlantedRule planted = new PlantedRule(text, settled.moment().stage(), node);
            Random random = new Random(lab.name().hashCode() + 31L * node.hashCode());
            for (int i = 0; i < CHANGES; i++) {
                planted.any(random).forEach(change -> assertThat(settled.of(node, change.text()))
                        .as("%s %s: %s", lab, node, change.what())
                        .anySatisfy(truth -> assertThat(truth.kind() + " " + truth.why())
                                .matches(change::isNamedBy)));
            }
        }
    }

    @Test
    void aPolicyOfAHostFirewallIsNamedOnTheNodeThatHasIt() {
        Case lab = Lab.withRules().stream()
                .filter(c -> c.name().equals("two-services")).findFirst().orElseThrow();
        Settled settled = Settled.of(lab);
        String text = text(lab, "n2").orElseThrow();

        assertThat(settled.of("n2", text.replace(":FORWARD ACCEPT", ":FORWARD DROP")))
                .singleElement().satisfies(truth -> {
                    assertThat(truth.kind()).isEqualTo(Truth.Kind.FOREIGN_RULE);
                    assertThat(truth.why().code()).isEqualTo("truth.foreign-policy");
                });
    }

    @Test
    void datagramsThatAnEntryKeepsSendingToAGonePodAreNamed() {
        Case lab = Lab.withRules().stream()
                .filter(c -> c.name().equals("udp-stale")).findFirst().orElseThrow();
        Settled settled = Settled.of(lab);
        String gone = settled.moment().stage().controlPlane().services().getFirst().spec()
                .clusterIP();
        String entry = "udp 17 29 src=10.244.1.5 dst=%s sport=4000 dport=53 src=10.244.2.99"
                .formatted(gone) + " dst=10.244.1.5 sport=5353 dport=4000 [ASSURED] mark=0 use=1";

        assertThat(settled.of("n1", entry + "\n")).singleElement().satisfies(truth -> {
            assertThat(truth.kind()).isEqualTo(Truth.Kind.STALE_ENTRY);
            assertThat(truth.why().arguments()).containsEntry("to", "10.244.2.99:5353");
        });
    }

    /** A dump of one mode, where the file says another: that is named, and nothing invented. */
    @Test
    void rulesOfAnotherModeAreNamed() {
        Case lab = Lab.withRules().stream()
                .filter(c -> c.name().equals("two-services")).findFirst().orElseThrow();
        LoadedScenario ipvs = lab.load().set(List.of("kubeProxy.mode=ipvs")).orElseThrow();
        Moment moment = new Moments(ipvs, RunWatch.NONE, ipvs.spec().seed()).beginning();
        NodeDump dump = new NodeDump();
        new DumpReader(dump, new Problems()).read("n1", text(lab, "n1").orElseThrow());

        assertThat(new Truths(ipvs, RunWatch.NONE, moment).of("n1", dump)).singleElement()
                .satisfies(truth -> assertThat(truth.kind()).isEqualTo(Truth.Kind.MODE));
    }

    /** A kube-proxy newer than all that are known: one hint, and no word about each rule. */
    @Test
    void anArrangementThatIsNotKnownIsNotCompared() {
        Case lab = Lab.nftablesCases().stream().filter(c -> !c.hasLaterLayout()
                && text(c, "n1").orElse("").contains("map service-ips")).findFirst().orElseThrow();
        Settled settled = Settled.of(lab);
        String newer = text(lab, "n1").orElseThrow().replace("map service-ips", "map translations")
                .replace("@service-ips", "@translations");

        assertThat(settled.of("n1", newer)).singleElement().satisfies(
                truth -> assertThat(truth.why().code()).isEqualTo("truth.arrangement"));
    }

    @Test
    void aTableWithoutRoomIsNamed() {
        Settled settled = Settled.of(Lab.withRules().getFirst());

        assertThat(settled.of("n1", "net.netfilter.nf_conntrack_count = 131072\n"
                + "net.netfilter.nf_conntrack_max = 131072\n")).singleElement()
                .satisfies(t -> assertThat(t.kind()).isEqualTo(Truth.Kind.TABLE_FULL));
        assertThat(settled.of("n1", "net.netfilter.nf_conntrack_count = 12\n"
                + "net.netfilter.nf_conntrack_max = 131072\n")).isEmpty();
    }
}
