package dev.podhop.netstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.net.Hook;
import dev.podhop.net.IpFamily;
import dev.podhop.net.L4Protocol;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.BaseChain.Place;
import dev.podhop.netstack.netfilter.BaseChain.Rules;
import dev.podhop.netstack.netfilter.HookCallback;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.PacketView;
import dev.podhop.netstack.netfilter.RuleOwner;
import dev.podhop.netstack.netfilter.RuleProgram;
import dev.podhop.netstack.netfilter.Verdict;
import dev.podhop.netstack.netfilter.Verdict.Action;
import dev.podhop.packet.CtState;
import dev.podhop.packet.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What hangs in a router's hooks is asked in the kernel's order, whoever put it there.
 *
 * <pre>
 *   client 10.0.0.5, fd00::5 --- eth0 [ r ] eth1 --- server 10.1.0.5, fd01::5
 * </pre>
 */
class HookTableTest {

    private static final RuleOwner KUBE_PROXY = RuleOwner.KUBE_PROXY;
    private static final RuleOwner POLICIES = RuleOwner.POLICIES;
    private static final RuleOwner PORT_MAPS = RuleOwner.PORT_MAPS;

    private final TestNetwork net = new TestNetwork("""
            host   client eth0=10.0.0.5/24 eth0=fd00::5/64
            router r eth0=10.0.0.1/24 eth0=fd00::1/64 eth1=10.1.0.1/24 eth1=fd01::1/64
            host   server eth0=10.1.0.5/24 eth0=fd01::5/64
            wire   client:eth0 r:eth0
            wire   r:eth1 server:eth0
            route  client default via 10.0.0.1 dev eth0
            route  client ::/0 via fd00::1 dev eth0
            route  server default via 10.1.0.1 dev eth0
            route  server ::/0 via fd01::1 dev eth0
            """);
    private final List<String> asked = new ArrayList<>();

    private void install(RuleOwner owner, BaseChain... chains) {
        net.at("r").hooks().install(owner, () -> List.of(chains));
    }

    /** A base chain of nftables that writes down that it was asked. */
    private BaseChain nft(String name, Hook hook, int priority, Rules rules) {
        return new BaseChain(hook, "own " + name, BaseChain.Type.FILTER, priority, null, Place.TOP,
                (packet, verdict) -> {
                    asked.add(name);
                    rules.ask(packet, verdict);
                });
    }

    private BaseChain nft(String name, Hook hook, int priority) {
        return nft(name, hook, priority, (packet, verdict) -> {});
    }

    private Rules says(String name, Action action) {
        return (packet, verdict) -> {
            asked.add(name);
            verdict.action = action;
        };
    }

    private List<String> heardAfter(String from, String to) {
        net.probe("server", to);
        asked.clear();
        net.send("client", net.udp(from, to));
        net.run();
        return net.heard();
    }

    private List<String> heard() {
        return heardAfter("10.0.0.5:4000", "10.1.0.5:80");
    }

    @Test
    void chainsAreAskedByPriorityAroundConntrackAndNat() {
        List<String> states = new ArrayList<>();
        Rules noting = (packet, verdict) -> states
                .add(packet.ctState() + " to " + packet.destination());
        install(KUBE_PROXY, nft("before conntrack", Hook.PREROUTING, -300, noting),
                nft("before nat", Hook.PREROUTING, -110, noting),
                nft("after nat", Hook.PREROUTING, -90, noting),
                nft("forward", Hook.FORWARD, -110, noting),
                BaseChain.of(IptablesTable.NAT, Hook.PREROUTING, (packet, verdict) -> {
                    verdict.action = Action.DNAT;
                    verdict.address = TestNetwork.address("10.1.0.5");
                }));
        net.probe("server", "10.1.0.5:80");
        net.send("client", net.udp("10.0.0.5:4000", "10.0.0.1:80"));
        net.run();

        assertThat(asked).containsExactly("before conntrack", "before nat", "after nat", "forward");
        assertThat(states).containsExactly("UNSEEN to 10.0.0.1", "NEW to 10.0.0.1",
                "NEW to 10.1.0.5", "NEW to 10.1.0.5");
        assertThat(net.heard()).hasSize(1);
    }

    /** In nftables an accept is the chain's own; the next chain may still drop. */
    @Test
    void acceptEndsOneTablesWalkOnly() {
        install(POLICIES, nft("later", Hook.FORWARD, 10, says("drops", Action.DROP)));
        install(KUBE_PROXY, nft("first", Hook.FORWARD, -10, says("accepts", Action.ACCEPT)));

        assertThat(heard()).isEmpty();
        assertThat(asked).containsExactly("first", "accepts", "later", "drops");
    }

    /** In iptables owners share a chain: who accepts first has spoken for all. */
    @Test
    void ownersOfOneChainFollowEachOtherUntilOneDecides() {
        install(KUBE_PROXY,
                BaseChain.of(IptablesTable.FILTER, Hook.FORWARD, says("proxy", Action.CONTINUE)));
        install(RuleOwner.CNI_MASQUERADE, BaseChain
                .of(IptablesTable.FILTER, Hook.FORWARD, says("cni", Action.DROP)).atBottom());
        install(POLICIES,
                BaseChain.of(IptablesTable.FILTER, Hook.FORWARD, says("policy", Action.CONTINUE)));
        assertThat(heard()).isEmpty();
        assertThat(asked).as("-I goes to the top, -A to the bottom")
                .containsExactly("policy", "proxy", "cni");

        install(KUBE_PROXY,
                BaseChain.of(IptablesTable.FILTER, Hook.FORWARD, says("proxy", Action.ACCEPT)));
        assertThat(heard()).as("a sync keeps its place; ACCEPT ends the walk").hasSize(1);
        assertThat(asked).containsExactly("policy", "proxy");

        net.at("r").hooks().remove(KUBE_PROXY);
        heard();
        assertThat(asked).containsExactly("policy", "cni");

        install(KUBE_PROXY,
                BaseChain.of(IptablesTable.FILTER, Hook.FORWARD, says("proxy", Action.ACCEPT)));
        heard();
        assertThat(asked).as("who comes back comes on top").containsExactly("proxy");
    }

    /** {@code nf_hook_entries_grow}: measured as who answers a port that two have. */
    @Test
    void ofTwoChainsWithOnePriorityTheLastRegisteredIsAskedFirst() {
        install(KUBE_PROXY, nft("proxy", Hook.FORWARD, 0));
        install(PORT_MAPS, nft("port maps", Hook.FORWARD, 0));
        heard();
        assertThat(asked).containsExactly("port maps", "proxy");

        install(KUBE_PROXY, nft("proxy", Hook.FORWARD, 0));
        heard();
        assertThat(asked).as("another program keeps its registration")
                .containsExactly("port maps", "proxy");
    }

    @Test
    void natChainsAreAskedInTurnUntilOneTranslates() {
        install(KUBE_PROXY,
                new BaseChain(Hook.PREROUTING, "kube-proxy", BaseChain.Type.NAT, -100, null,
                        Place.TOP, says("proxy", Action.ACCEPT)));
        install(PORT_MAPS,
                new BaseChain(Hook.PREROUTING, "nat", BaseChain.Type.NAT, -90, null, Place.TOP,
                        (packet, verdict) -> {
                            asked.add("port maps");
                            verdict.action = Action.DNAT;
                            verdict.address = TestNetwork.address("10.1.0.5");
                            verdict.port = 80;
                        }));
        net.probe("server", "10.1.0.5:80");
        net.send("client", net.udp("10.0.0.5:4000", "10.0.0.1:8080"));
        net.run();

        assertThat(asked).as("ACCEPT in a nat chain leaves the translation open")
                .containsExactly("proxy", "port maps");
        assertThat(net.heard()).hasSize(1);
    }

    @Test
    void aFamilysChainsSeeItsPacketsOnly() {
        install(KUBE_PROXY, nft("four", Hook.FORWARD, 0).of(IpFamily.IPv4),
                nft("six", Hook.FORWARD, 0).of(IpFamily.IPv6), nft("both", Hook.FORWARD, 1));

        heard();
        assertThat(asked).containsExactly("four", "both");
        heardAfter("fd00::5:4000", "fd01::5:80");
        assertThat(asked).contains("six", "both").doesNotContain("four");
    }

    /** kube-proxy has rules of each family, others of both: in iptables they share the chain. */
    @Test
    void rulesOfBothFamiliesStandAmongThoseOfOne() {
        install(KUBE_PROXY, BaseChain
                .of(IptablesTable.FILTER, Hook.FORWARD, says("proxy", Action.ACCEPT))
                .of(IpFamily.IPv4));
        install(PORT_MAPS, BaseChain
                .of(IptablesTable.FILTER, Hook.FORWARD, says("others", Action.DROP)).atBottom());

        assertThat(heard()).hasSize(1);
        assertThat(asked).containsExactly("proxy");
    }

    /** NOTRACK in raw: the packet passes, translated by nobody, and no entry is made. */
    @Test
    void whatIsNotTrackedIsAnotherThingThanWhatIsNotLookedAtYet() {
        List<CtState> states = new ArrayList<>();
        install(RuleOwner.NODE_LOCAL_DNS,
                BaseChain.of(IptablesTable.RAW, Hook.PREROUTING, (packet, verdict) -> {
                    states.add(packet.ctState());
                    verdict.action = Action.NOTRACK;
                }),
                BaseChain.of(IptablesTable.FILTER, Hook.FORWARD,
                        (packet, verdict) -> states.add(packet.ctState())));
        install(KUBE_PROXY,
                BaseChain.of(IptablesTable.NAT, Hook.PREROUTING, says("nat", Action.DROP)));

        assertThat(heard()).hasSize(1);
        assertThat(asked).isEmpty();
        assertThat(states).containsExactly(CtState.UNSEEN, CtState.UNTRACKED);
        assertThat(Objects.requireNonNull(net.at("r").conntrack()).size()).isZero();
    }

    /** As IPVS at INPUT: what came for the host leaves for a server, from OUTPUT on. */
    @Test
    void anotherSubsystemTakesAPacketAndSendsItOn() {
        HookCallback balancer = new HookCallback() {
            @Override
            public Hook hook() {
                return Hook.INPUT;
            }

            @Override
            public int priority() {
                return 98;
            }

            @Override
            public boolean call(PacketView view, Packet packet, Verdict verdict) {
                asked.add("balancer at " + view.hook());
                packet.destination = TestNetwork.address("10.1.0.5");
                verdict.action = Action.RESEND;
                return false;
            }
        };
        net.at("r").hooks().install(RuleOwner.EDGE, new RuleProgram() {
            @Override
            public List<BaseChain> chains() {
                return List.of(nft("output", Hook.OUTPUT, 0),
                        nft("input filter", Hook.INPUT, 0), nft("late", Hook.INPUT, 99));
            }

            @Override
            public List<HookCallback> callbacks() {
                return List.of(balancer);
            }
        });
        net.probe("server", "10.1.0.5:80");
        net.send("client", net.udp("10.0.0.5:4000", "10.0.0.1:80"));
        net.run();

        assertThat(asked).containsExactly("input filter", "balancer at INPUT", "output");
        assertThat(net.heard()).hasSize(1);
    }

    /** {@code iptables -P}: what no rule of the chain accepts; other chains' words do not count. */
    @Test
    void aChainsPolicyDecidesWhatNoRuleDoes() {
        net.at("r").hooks().drop(IptablesTable.FILTER, Hook.FORWARD, IpFamily.IPv4);
        install(RuleOwner.NODE_LOCAL_DNS, nft("elsewhere", Hook.FORWARD, -10,
                says("accepts", Action.ACCEPT)));
        assertThat(heard()).isEmpty();
        assertThat(net.story()).last().asString().contains("NETFILTER_DROP");

        install(KUBE_PROXY,
                BaseChain.of(IptablesTable.FILTER, Hook.FORWARD, says("proxy", Action.CONTINUE)));
        assertThat(heard()).isEmpty();

        install(KUBE_PROXY,
                BaseChain.of(IptablesTable.FILTER, Hook.FORWARD, says("proxy", Action.ACCEPT)));
        assertThat(heard()).hasSize(1);

        net.at("r").hooks().clear();
        assertThat(heard()).as("a policy is nobody's rule").hasSize(1);
        assertThat(heardAfter("fd00::5:4000", "fd01::5:80")).as("each family has its own")
                .hasSize(2);
    }

    /** {@code nf_hook_slow}: EPERM for who sends a datagram; TCP takes no notice and tries on. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"UDP, Unreachable 0.000", "TCP, TimedOut 131.000"})
    void whatItsOwnOutputDropsASenderLearnsAtOnce(L4Protocol protocol, String outcome) {
        net.at("r").hooks().drop(IptablesTable.FILTER, Hook.OUTPUT, IpFamily.IPv4);
        net.call("r", protocol, "10.1.0.5:80");
        net.run();

        assertThat(net.outcomes()).containsExactly(outcome);
    }

    /** What a broken host would do: the wire itself ends a packet whose TTL nobody counts down. */
    @Test
    void noPacketCrossesWiresForEver() {
        TestNetwork circle = new TestNetwork("""
                host   c eth0=10.1.0.5/24
                router a eth0=10.0.0.1/24 eth1=10.1.0.1/24
                router b eth0=10.0.0.2/24
                wire   c:eth0 a:eth1
                wire   a:eth0 b:eth0
                route  c default via 10.1.0.1 dev eth0
                route  a default via 10.0.0.2 dev eth0
                route  b default via 10.0.0.1 dev eth0
                """);
        for (String name : List.of("a", "b")) {
            circle.at(name).hooks().install(RuleOwner.EDGE, new RuleProgram() {
                @Override
                public List<BaseChain> chains() {
                    return List.of();
                }

                @Override
                public List<HookCallback> callbacks() {
                    return List.of(renewing());
                }
            });
        }
        circle.send("c", circle.udp("10.1.0.5:4000", "10.9.9.9:80"));

        assertThatThrownBy(circle::run).hasMessageContaining("has crossed 1024 wires")
                .hasMessageContaining("10.9.9.9:80").hasMessageContaining("TTL");
    }

    private static HookCallback renewing() {
        return new HookCallback() {
            @Override
            public Hook hook() {
                return Hook.PREROUTING;
            }

            @Override
            public int priority() {
                return -400;
            }

            @Override
            public boolean call(PacketView view, Packet packet, Verdict verdict) {
                packet.ttl = Packet.DEFAULT_TTL;
                return true;
            }
        };
    }

    @Test
    void whoTracksNoConnectionsHasNoRules() {
        assertThatThrownBy(
                () -> net.at("client").hooks().install(KUBE_PROXY, List::of))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("tracked");
    }
}
