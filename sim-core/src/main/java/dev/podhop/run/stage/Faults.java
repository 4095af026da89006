package dev.podhop.run.stage;

import dev.podhop.cluster.Cluster;
import dev.podhop.k8s.controller.NodeLifecycleController;
import dev.podhop.kubelet.Kubelets;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.Link;
import dev.podhop.netstack.device.Link.Impairment;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.FaultTarget;
import dev.podhop.scenario.FaultTarget.HealthCheckFault;
import dev.podhop.scenario.FaultTarget.KubeProxyFault;
import dev.podhop.scenario.FaultTarget.LinkFault;
import dev.podhop.scenario.FaultTarget.NodeFault;
import dev.podhop.scenario.LinkRef;
import dev.podhop.trace.Place;
import org.apache.commons.math3.fraction.BigFraction;
import org.jspecify.annotations.Nullable;

/**
 * The timeline's faults. They hit packets only: what the control plane itself says to nodes does
 * not pass the links.
 */
final class Faults {

    private static final String UPLINK = "eth0";

    private final Cluster cluster;
    private final Kubelets kubelets;
    private final NodeLifecycleController nodes;

    Faults(Cluster cluster, Kubelets kubelets, NodeLifecycleController nodes) {
        this.cluster = cluster;
        this.kubelets = kubelets;
        this.nodes = nodes;
    }

    void fail(FaultTarget target) {
        switch (target) {
            case KubeProxyFault proxy -> known(cluster.failKubeProxy(proxy.node()), "fail", target);
            case LinkFault link -> link("fail", link.link()).up(false);
            case NodeFault node -> {
                known(cluster.failKubeProxy(node.node()), "fail", target);
                kubelets.fail(node.node());
                nodes.heartbeatsStop(node.node());
            }
            case HealthCheckFault check -> cluster.failHealthChecks(check.namespace(),
                    check.service(), true);
        }
    }

    void recover(FaultTarget target) {
        switch (target) {
            case KubeProxyFault proxy -> known(cluster.recoverKubeProxy(proxy.node()), "recover",
                    target);
            case LinkFault link -> link("recover", link.link()).up(true);
            case NodeFault node -> {
                known(cluster.node(node.node()) != null, "recover", target);
                kubelets.recover(node.node());
                cluster.recoverKubeProxy(node.node());
                nodes.heartbeatsResume(node.node());
            }
            case HealthCheckFault check -> cluster.failHealthChecks(check.namespace(),
                    check.service(), false);
        }
    }

    /** Gives a link another quality; what the event leaves out stays. */
    void impair(Event.Impair event) {
        Link link = link("impair", event.target());
        Impairment old = link.impairment();
        BigFraction loss = event.loss();
        link.impairment(new Impairment(orElse(event.latencyNanos(), old.latencyNanos()),
                orElse(event.jitterNanos(), old.jitterNanos()),
                loss == null ? old.lossNumerator() : loss.getNumerator().longValueExact(),
                loss == null ? old.lossDenominator() : loss.getDenominator().longValueExact()));
        Integer mtu = event.mtu();
        if (mtu != null) {
            Device end = uplink("impair", event.target());
            end.mtu(mtu);
            link.peer(end).mtu(mtu);
        }
    }

    private static long orElse(@Nullable Long changed, long old) {
        return changed == null ? old : changed;
    }

    private Link link(String verb, LinkRef target) {
        Link link = uplink(verb, target).link();
        if (link == null) {
            throw absent(verb, target);
        }
        return link;
    }

    /** The device at the lower end of a link, which is called the same everywhere. */
    private Device uplink(String verb, LinkRef target) {
        NetworkNamespace ns = switch (target.end()) {
            case POD -> cluster.pod(target.namespace(), target.name());
            case NODE -> cluster.node(target.name());
            case EXTERNAL -> cluster.external(target.name());
        };
        Device device = ns == null || isOfHost(target, ns) ? null : ns.device(UPLINK);
        if (device == null) {
            throw absent(verb, target);
        }
        return device;
    }

    /** A pod on the host's network has no link: its device would be the node's. */
    private static boolean isOfHost(LinkRef target, NetworkNamespace ns) {
        return target.end() == LinkRef.End.POD && ns.place().kind() == Place.Kind.NODE;
    }

    private static void known(boolean found, String verb, FaultTarget target) {
        if (!found) {
            throw new UsageException(verb + ": there is no " + target
                    + " at that time; expected a node of the cluster");
        }
    }

    private static UsageException absent(String verb, LinkRef target) {
        return new UsageException(verb + ": there is no " + target + " at that time; expected a"
                + " pod with a network of its own, a node or an external host");
    }
}
