package dev.podhop.reports;

import static dev.podhop.reports.Story.EDGE;
import static dev.podhop.reports.Story.node;
import static dev.podhop.reports.Story.pod;

import dev.podhop.cloud.LoadBalancerReason;
import dev.podhop.k8s.source.Problems;
import dev.podhop.kubeproxy.KubeProxyReason;
import dev.podhop.net.Direction;
import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.PathReason;
import dev.podhop.packet.CtState;
import dev.podhop.packet.TcpFlags;
import dev.podhop.run.result.Backdrop;
import dev.podhop.run.result.OddsResult.FlowOdds;
import dev.podhop.run.result.OddsResult.ResultOdds;
import dev.podhop.run.result.RunReason;
import dev.podhop.run.result.Topology;
import dev.podhop.run.result.TraceResult;
import dev.podhop.run.result.TraceResult.Diagnosis;
import dev.podhop.run.result.TraceResult.Fix;
import dev.podhop.scenario.evidence.Citations;
import dev.podhop.scenario.load.ScenarioLoader;
import dev.podhop.trace.DropReason;
import dev.podhop.trace.Outcome;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import dev.podhop.trace.Step.Nat.Manip;
import dev.podhop.workload.AttemptResult;
import dev.podhop.workload.ResultKey;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.math3.fraction.BigFraction;

/**
 * The loop of {@code lb-loopback}, written by hand: a pod calls its cluster's load balancer, which
 * sends the packet back to the pod's own node. Three nodes, an endpoint on another one.
 */
public final class Hairpin {

    private static final String SERVICE = "default/web:http";
    private static final String CLIENT = "pod/client tcp 10.244.1.5:32769";
    private static final String SERVER = "pod/web-2 tcp :8080";
    private static final long SECOND = 1_000_000;

    private Hairpin() {}

    public static TraceResult trace() {
        Story story = new Story(TcpFlags.SYN, "10.244.1.5:32769 > 198.51.100.7:80");
        syn(story, 0);
        synAck(story, 720);
        reset(story, 1180);
        story.packet(TcpFlags.SYN, "10.244.1.5:32769 > 198.51.100.7:80");
        syn(story, SECOND);
        synAck(story, SECOND + 720);
        reset(story, SECOND + 1180);
        SocketAddress local = new SocketAddress(IpAddress.of("10.244.1.5"), 32769);
        SocketAddress remote = new SocketAddress(IpAddress.of("198.51.100.7"), 80);
        AttemptResult attempt = new AttemptResult(0, "to-vip", 0, "pod/client", local, remote,
                L4Protocol.TCP, Outcome.TimedOut, null, null, 0, 3_000_000_000L);
        return new TraceResult(attempt, story.hops, odds(), diagnosis(),
                new Backdrop(0, new Topology(List.of(), List.of(), List.of()), List.of(),
                        citations()));
    }

    public static FlowOdds odds() {
        BigFraction sixth = new BigFraction(1, 6);
        return new FlowOdds("to-vip", "pod/client", "198.51.100.7:80", L4Protocol.TCP, List.of(
                new ResultOdds(new ResultKey(Outcome.Answered, "pod/web-1", "10.0.0.12"), sixth),
                new ResultOdds(new ResultKey(Outcome.Answered, "pod/web-1", "10.0.0.13"), sixth),
                new ResultOdds(new ResultKey(Outcome.Answered, "pod/web-2", "10.0.0.13"), sixth),
                new ResultOdds(new ResultKey(Outcome.Answered, "pod/web-2", "10.244.2.1"), sixth),
                new ResultOdds(new ResultKey(Outcome.TimedOut, null, null),
                        new BigFraction(1, 3))),
                6, BigFraction.ONE);
    }

    private static Diagnosis diagnosis() {
        BigFraction third = new BigFraction(1, 3);
        return new Diagnosis(
                RunReason.REPLY_BYPASSED.of("198.51.100.7:80", "10.0.0.11:30080", "edge",
                        "pod/client"),
                10,
                List.of("pod/web-2", "node/n2", "node/n1", "edge", "node/n1", "pod/client"),
                List.of("pod/web-2", "node/n2", "node/n1", "pod/client"),
                List.of(new Fix(RunReason.FIX_IP_MODE_VIP.of("web"),
                        List.of("service/web.status.loadBalancer.ingress[0].ipMode=VIP"), null,
                        third, BigFraction.ZERO)),
                List.of());
    }

    /** From the file of the scenario that this story is told after. */
    private static Citations citations() {
        Problems problems = new Problems();
        Path file = Path.of("../scenarios/01-lb-loopback/scenario.yaml");
        return Citations.ofRun(ScenarioLoader.load(file, problems).orElseThrow(
                () -> new AssertionError(problems.all())), List.of());
    }

    private static void syn(Story s, long at) {
        s.at(at).originated(pod("n1", "client"), CLIENT)
                .route(false, "default via 10.244.1.1 dev eth0", PathReason.ROUTE_OUTPUT)
                .sent("eth0", "node/n1");
        s.at(at + 20).received(node("n1"), "veth1")
                .conntrack(CtState.NEW, Direction.ORIGINAL, PathReason.CT_NEW,
                        "tcp      6 120 SYN_SENT src=10.244.1.5 dst=198.51.100.7 sport=32769"
                                + " dport=80 [UNREPLIED] src=198.51.100.7 dst=10.244.1.5 sport=80"
                                + " dport=32769 mark=0 use=1")
                .route(true, "default via 10.0.0.1 dev eth0", PathReason.ROUTE_FORWARD)
                .sent("eth0", "edge");
        s.at(at + 220).received(EDGE, "eth1")
                .step(new Step.BackendChoice("lb/web", List.of("n1", "n2", "n3"), List.of(), "n1",
                        LoadBalancerReason.CHOSEN.of("lb/web", "n1", "10.0.0.11:30080", 3, "random",
                                "198.51.100.7:80")))
                .nat(Hook.PREROUTING, Manip.DESTINATION, "10.244.1.5:32769 > 10.0.0.11:30080",
                        PathReason.DNAT)
                .route(true, "10.0.0.11 dev eth1 scope link", PathReason.ROUTE_FORWARD)
                .sent("eth1", "node/n1");
        s.at(at + 420).received(node("n1"), "eth0")
                .conntrack(CtState.NEW, Direction.ORIGINAL, PathReason.CT_NEW,
                        "tcp      6 120 SYN_SENT src=10.244.1.5 dst=10.0.0.11 sport=32769"
                                + " dport=30080 [UNREPLIED] src=10.0.0.11 dst=10.244.1.5"
                                + " sport=30080 dport=32769 mark=0 use=1")
                .rules(Hook.PREROUTING, "DNAT", nodePortRules())
                .nat(Hook.PREROUTING, Manip.DESTINATION, "10.244.1.5:32769 > 10.244.2.4:8080",
                        PathReason.DNAT)
                .route(true, "10.244.2.0/24 via 10.0.0.12 dev eth0", PathReason.ROUTE_FORWARD)
                .rules(Hook.POSTROUTING, "MASQUERADE", match("KUBE-POSTROUTING",
                        "-m comment --comment \"kubernetes service traffic requiring SNAT\""
                                + " -j MASQUERADE --random-fully",
                        KubeProxyReason.MASQUERADE, "10.244.1.5"))
                .nat(Hook.POSTROUTING, Manip.SOURCE, "10.0.0.11:51234 > 10.244.2.4:8080",
                        PathReason.SNAT)
                .sent("eth0", "node/n2");
        s.at(at + 620).received(node("n2"), "eth0")
                .route(true, "10.244.2.0/24 dev cni0 scope link", PathReason.ROUTE_FORWARD)
                .sent("veth1", "pod/web-2");
        s.at(at + 640).received(pod("n2", "web-2"), "eth0").delivered(SERVER);
    }

    private static RuleMatch[] nodePortRules() {
        return new RuleMatch[] {
            match("PREROUTING",
                    "-m comment --comment \"kubernetes service portals\" -j KUBE-SERVICES",
                    KubeProxyReason.CHAIN_ENTERED, "KUBE-SERVICES"),
            match("KUBE-SERVICES",
                    "-m comment --comment \"kubernetes service nodeports; NOTE: this must be"
                            + " the last rule in this chain\" -m addrtype --dst-type LOCAL -j"
                            + " KUBE-NODEPORTS",
                    KubeProxyReason.NODE_PORTS_ENTERED, "10.0.0.11"),
            match("KUBE-NODEPORTS",
                    "-p tcp -m comment --comment default/web:http -m tcp --dport 30080 -j"
                            + " KUBE-EXT-LOLE4ISW44XBNF3G",
                    KubeProxyReason.SERVICE_NODE_PORT, SERVICE, "30080", "10.96.0.10"),
            match("KUBE-EXT-LOLE4ISW44XBNF3G",
                    "-m comment --comment \"masquerade traffic for default/web:http external"
                            + " destinations\" -j KUBE-MARK-MASQ",
                    KubeProxyReason.MARK_MASQ_EXTERNAL, SERVICE),
            match("KUBE-SVC-LOLE4ISW44XBNF3G",
                    "-m comment --comment \"default/web:http -> 10.244.2.4:8080\" -m statistic"
                            + " --mode random --probability 0.50000000000 -j"
                            + " KUBE-SEP-4XIUPBBLIQDXVI3B",
                    KubeProxyReason.ENDPOINT_CHOSEN, SERVICE, "10.244.2.4:8080", "1", "2",
                    "1/2")};
    }

    private static RuleMatch match(String chain, String rule, KubeProxyReason reason,
            Object... values) {
        return new RuleMatch("nat", chain, rule, reason.of(values));
    }

    private static void synAck(Story s, long at) {
        s.packet(TcpFlags.SYN_ACK, "10.244.2.4:8080 > 10.0.0.11:51234").at(at)
                .originated(pod("n2", "web-2"), SERVER)
                .route(false, "default via 10.244.2.1 dev eth0", PathReason.ROUTE_OUTPUT)
                .sent("eth0", "node/n2");
        s.at(at + 20).received(node("n2"), "veth1")
                .route(true, "default via 10.0.0.1 dev eth0", PathReason.ROUTE_FORWARD)
                .sent("eth0", "node/n1");
        s.at(at + 220).received(node("n1"), "eth0")
                .conntrack(CtState.ESTABLISHED, Direction.REPLY, PathReason.CT_ESTABLISHED,
                        "tcp      6 60 SYN_RECV src=10.244.1.5 dst=10.0.0.11 sport=32769"
                                + " dport=30080 src=10.244.2.4 dst=10.0.0.11 sport=8080"
                                + " dport=51234 mark=0 use=1")
                .nat(Hook.PREROUTING, Manip.DESTINATION, "10.244.2.4:8080 > 10.244.1.5:32769",
                        PathReason.UNDO_SNAT)
                .route(true, "10.244.1.0/24 dev cni0 scope link", PathReason.ROUTE_FORWARD)
                .nat(Hook.POSTROUTING, Manip.SOURCE, "10.0.0.11:30080 > 10.244.1.5:32769",
                        PathReason.UNDO_DNAT)
                .sent("veth1", "pod/client");
        s.at(at + 240).received(pod("n1", "client"), "eth0")
                .dropped(DropReason.NO_SOCKET, PathReason.WRONG_PEER_RESET.with("where",
                        "pod/client", "source", "10.0.0.11:30080", "port", "32769"));
    }

    private static void reset(Story s, long at) {
        s.packet(TcpFlags.RST, "10.244.1.5:32769 > 10.0.0.11:30080").at(at)
                .generated(pod("n1", "client"), PathReason.WRONG_PEER_RESET.with("where",
                        "pod/client", "source", "10.0.0.11:30080", "port", "32769"))
                .route(false, "default via 10.244.1.1 dev eth0", PathReason.ROUTE_OUTPUT)
                .sent("eth0", "node/n1");
        s.at(at + 20).received(node("n1"), "veth1")
                .conntrack(CtState.ESTABLISHED, Direction.ORIGINAL, PathReason.CT_ESTABLISHED,
                        "tcp      6 10 CLOSE src=10.244.1.5 dst=10.0.0.11 sport=32769 dport=30080"
                                + " src=10.244.2.4 dst=10.0.0.11 sport=8080 dport=51234 mark=0"
                                + " use=1")
                .nat(Hook.PREROUTING, Manip.DESTINATION, "10.244.1.5:32769 > 10.244.2.4:8080",
                        PathReason.DNAT)
                .route(true, "10.244.2.0/24 via 10.0.0.12 dev eth0", PathReason.ROUTE_FORWARD)
                .nat(Hook.POSTROUTING, Manip.SOURCE, "10.0.0.11:51234 > 10.244.2.4:8080",
                        PathReason.SNAT)
                .sent("eth0", "node/n2");
        s.at(at + 220).received(node("n2"), "eth0")
                .route(true, "10.244.2.0/24 dev cni0 scope link", PathReason.ROUTE_FORWARD)
                .sent("veth1", "pod/web-2");
        s.at(at + 240).received(pod("n2", "web-2"), "eth0").delivered(SERVER);
    }
}
