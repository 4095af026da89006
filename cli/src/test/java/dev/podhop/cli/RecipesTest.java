package dev.podhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.cli.ChangedPodhop.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recipes of CONTRIBUTING.md, cooked: each adds a throw-away thing in the files that the page
 * names and in no other. All of Podhop is compiled with them once, so that whatever else has to
 * know of a new constant is found; then the thing is used.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecipesTest {

    private static final String CORE = "sim-core/src/main/java/dev/podhop/";
    private static final String CLI = "cli/src/main/java/dev/podhop/cli/";
    private static final String WORDS =
            "reports/src/main/resources/dev/podhop/reports/explanations";

    private static final Map<String, List<Change>> RECIPES = new TreeMap<>(Map.of(
            "A drop reason", List.of(
                    Change.before(CORE + "trace/DropReason.java", "    /** A rule said DROP. */\n",
                            "    /** For a test. */\n    THROW_AWAY,\n"),
                    Change.before(WORDS + ".properties", "drop.NETFILTER_DROP=",
                            "drop.THROW_AWAY=it was thrown away\n"),
                    Change.before(WORDS + "_zh.properties", "drop.NETFILTER_DROP=",
                            "drop.THROW_AWAY=它被扔掉了\n"),
                    Change.replacing("reports/src/main/java/dev/podhop/reports/picture/Ends.java",
                            "LINK_LOSS, LINK_DOWN ->", "LINK_LOSS, LINK_DOWN, THROW_AWAY ->")),
            "A hook callback", List.of(
                    Change.before(CORE + "cni/IpMasq.java", "    private void source(", """
                                @Override
                                public List<dev.podhop.netstack.netfilter.HookCallback>
                                        callbacks() {
                                    return List.of(new ThrowAwayCallback());
                                }

                            """),
                    Change.file(CORE + "cni/ThrowAwayCallback.java", """
                            package dev.podhop.cni;

                            import dev.podhop.net.Hook;
                            import dev.podhop.netstack.netfilter.HookCallback;
                            import dev.podhop.netstack.netfilter.PacketView;
                            import dev.podhop.netstack.netfilter.Verdict;
                            import dev.podhop.packet.Packet;
                            import dev.podhop.trace.DropReason;
                            import dev.podhop.trace.Explanation;

                            final class ThrowAwayCallback implements HookCallback {

                                @Override
                                public Hook hook() {
                                    return Hook.FORWARD;
                                }

                                @Override
                                public int priority() {
                                    return 42;
                                }

                                @Override
                                public boolean call(PacketView at, Packet p, Verdict verdict) {
                                    if (p.ttl == 0 || p.sourcePort == 0) {
                                        return true;
                                    }
                                    verdict.drop(DropReason.valueOf("THROW_AWAY"),
                                            Explanation.NONE);
                                    return false;
                                }
                            }
                            """)),
            "A load balancer profile", List.of(
                    Change.after("sim-core/src/main/resources/dev/podhop/cloud/"
                            + "load-balancer-profiles.yaml", """
                            ---
                            name: 'throw-away'
                            summary: 'For a test.'
                            vendor: plain
                            like: 'none'
                            values: {}
                            """)),
            "A verb of the command line", List.of(
                    Change.before(CLI + "Main.java", "        VERBS.put(\"run\"",
                            "        VERBS.put(\"throw-away\", ThrowAwayVerb::new);\n"),
                    Change.file(CLI + "ThrowAwayVerb.java", """
                            package dev.podhop.cli;

                            @picocli.CommandLine.Command(name = "throw-away")
                            final class ThrowAwayVerb
                                    implements java.util.concurrent.Callable<Integer> {

                                @Override
                                public Integer call() {
                                    return 77;
                                }
                            }
                            """)),
            "A report format", List.of(
                    Change.before(CLI + "RunFormat.java", "    text((runs",
                            "    throwaway((runs, narrator, sheet) ->"
                                    + " dev.podhop.reports.ThrowAway.of(runs.getFirst())),\n"),
                    Change.file("reports/src/main/java/dev/podhop/reports/ThrowAway.java", """
                            package dev.podhop.reports;

                            public final class ThrowAway {
                                public static String of(dev.podhop.run.result.RunResult run) {
                                    return "thrown away: " + run.scenario();
                                }
                            }
                            """)),
            "A proxy mode", List.of(
                    Change.before(CORE + "kubeproxy/ProxyMode.java", "    IPTABLES,",
                            "    THROWAWAY,\n"),
                    Change.before(CORE + "cluster/Proxiers.java", "            case IPTABLES",
                            "            case THROWAWAY -> new dev.podhop.kubeproxy.throwaway"
                                    + ".ThrowAwayProxier(node, config);\n"),
                    Change.before(CORE + "kubeproxy/ProxyVersion.java",
                            "            case IPTABLES -> minor",
                            "            case THROWAWAY -> false;\n"),
                    Change.replacing(CORE + "k8s/KubeProxyChecks.java", "\"iptables\",",
                            "\"throwaway\", \"iptables\","),
                    Change.file(CORE + "kubeproxy/throwaway/ThrowAwayProxier.java", """
                            package dev.podhop.kubeproxy.throwaway;

                            import dev.podhop.kubeproxy.*;
                            import dev.podhop.kubeproxy.iptables.IptablesProxier;
                            import java.util.Map;

                            public final class ThrowAwayProxier implements Proxier {

                                private final Proxier like;

                                public ThrowAwayProxier(ProxyNode node, ProxyConfig config) {
                                    like = new IptablesProxier(node, config);
                                }

                                @Override
                                public Map<String, String> sysctls() {
                                    return Map.of("net.ipv4.ip_default_ttl", "77");
                                }

                                @Override
                                public ProxyState sync(ProxyTables tables, ProxyState inForce) {
                                    return like.sync(tables, inForce);
                                }
                            }
                            """))));

    private static final Pattern TAKES = Pattern.compile("Takes (\\d+) files?[.,]");
    private static final Pattern LINK = Pattern.compile("^(?:1|2|3|4|5)\\. [^\\n]*(?:\\n   .*)*",
            Pattern.MULTILINE);

    private ChangedPodhop podhop;

    @BeforeAll
    void compileWithAllOfThem(@TempDir Path folder) throws IOException {
        podhop = ChangedPodhop.compiled(folder,
                RECIPES.values().stream().flatMap(List::stream).toList());
    }

    static Iterable<String> recipes() {
        return RECIPES.keySet();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void thePageNamesTheFilesAndTheirNumber(String recipe) throws IOException {
        String page = Files.readString(ChangedPodhop.ROOT.resolve("CONTRIBUTING.md"));
        String text = page.substring(page.indexOf("### " + recipe + "\n")).split("\n### ")[0];
        Matcher takes = TAKES.matcher(text);
        assertThat(takes.find()).as(text).isTrue();
        List<Change> changes = RECIPES.get(recipe);

        assertThat(changes).hasSize(Integer.parseInt(takes.group(1)));
        assertThat(LINK.matcher(text).results().count()).isEqualTo(changes.size());
        assertThat(changes).filteredOn(change -> !change.isNew()).allSatisfy(
                change -> assertThat(text).contains("](" + change.path() + ")"));
    }

    @Test
    void thePageHasNoOtherRecipes() throws IOException {
        List<String> lines = Files.readAllLines(ChangedPodhop.ROOT.resolve("CONTRIBUTING.md"));

        assertThat(lines.stream().filter(line -> line.startsWith("### "))
                .map(line -> line.substring(4)).toList())
                .containsExactlyInAnyOrderElementsOf(RECIPES.keySet());
    }

    @Test
    void theDropReasonHasItsSentenceWhereTheCallbackDropsForIt() {
        String[] trace = {"trace", scenario("01-lb-loopback"), "--flow", "loop", "--set",
            "network.ipMasq=true"};

        assertThat(podhop.run(0, trace)).contains("it was thrown away");
        assertThat(podhop.run(0, "trace", scenario("01-lb-loopback"), "--flow", "loop", "--set",
                "network.ipMasq=true", "--lang", "zh")).contains("它被扔掉了");
    }

    @Test
    void theProfileIsALoadBalancers() {
        assertThat(podhop.run(0, "get", "loadbalancers", scenario("01-lb-loopback"), "--set",
                "loadBalancer.profile=throw-away")).contains("throw-away");
    }

    @Test
    void theVerbIsCalled() {
        podhop.run(77, "throw-away");
    }

    @Test
    void theReportIsWritten() {
        assertThat(podhop.run(0, "run", scenario("01-lb-loopback"), "-o", "throwaway"))
                .isEqualTo("thrown away: lb-loopback");
    }

    @Test
    void theModeProgramsTheNodes() {
        assertThat(podhop.run(0, "get", "rules", scenario("01-lb-loopback"), "--set",
                "kubeProxy.mode=throwaway")).contains("KUBE-SERVICES");
    }

    private static String scenario(String name) {
        return ChangedPodhop.ROOT.resolve("scenarios").resolve(name).resolve("scenario.yaml")
                .toString();
    }
}
