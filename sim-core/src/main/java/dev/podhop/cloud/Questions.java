package dev.podhop.cloud;

import dev.podhop.cloud.Backend.Probe;
import dev.podhop.cloud.HealthCheck.Port;
import dev.podhop.cloud.HealthCheck.Question;
import dev.podhop.cloud.HealthCheck.Rhythm;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.SocketAddress;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What the health check asks a Service's backends, and what has been answered for long. */
public final class Questions {

    /** What kube-proxy is asked; its health check node ports answer to any path. */
    static final String HEALTHZ = "/healthz";
    /** {@code healthzBindAddress}. */
    private static final int HEALTHZ_PORT = 10256;
    /** Of a node that the autoscaler is about to delete: kube-proxy says 503 (KEP-3836). */
    private static final String TO_BE_DELETED = "ToBeDeletedByClusterAutoscaler";

    private final Service service;
    private final @Nullable HealthCheck check;
    private final LoadBalancers config;

    Questions(Service service, @Nullable HealthCheck check, LoadBalancers config) {
        this.service = service;
        this.check = check;
        this.config = config;
    }

    /** What a node is asked for a port of the Service; null for nothing. */
    @Nullable Probe ofNode(ServicePort port, IpAddress address) {
        if (check == null) {
            return null;
        }
        boolean local = service.spec().isExternalLocal();
        Question question = check.question();
        Rhythm rhythm = local ? check.local() : check.cluster();
        Integer number = question.number();
        if (number != null) {
            return asked(port, new SocketAddress(address, number), rhythm, question);
        }
        int health = service.spec().healthCheckNodePort();
        return switch (local ? question.port() : question.clusterPort()) {
            case HEALTH_CHECK_NODE_PORT -> health == 0 ? ofNodePort(port, address, rhythm, question)
                    : new Probe(new SocketAddress(address, health), HEALTHZ, rhythm);
            case KUBE_PROXY -> new Probe(new SocketAddress(address, HEALTHZ_PORT), HEALTHZ, rhythm);
            case NODE_PORT -> ofNodePort(port, address, rhythm, question);
        };
    }

    /**
     * Whether nodes would be asked at a node port that the Service's port does not have: then the
     * cloud's controller sets nothing up (Azure/AKS#3165). A Local policy has a node port of its
     * own for the check, and kube-proxy needs none: there a balancer that keeps the destination
     * delivers to the address and port that was called (cloud-provider-azure#10644).
     */
    boolean lacksNodePort(ServicePort port) {
        return lacksNodePort(service, check, port);
    }

    /** The same of any Service's port and the health check that it has. */
    public static boolean lacksNodePort(Service service, @Nullable HealthCheck check,
            ServicePort port) {
        if (check == null || check.question().number() != null || port.nodePort() != 0) {
            return false;
        }
        boolean local = service.spec().isExternalLocal();
        return switch (local ? check.question().port() : check.question().clusterPort()) {
            case HEALTH_CHECK_NODE_PORT -> service.spec().healthCheckNodePort() == 0;
            case KUBE_PROXY -> false;
            case NODE_PORT -> true;
        };
    }

    /** Only TCP can be asked. */
    private static @Nullable Probe ofNodePort(ServicePort port, IpAddress address, Rhythm rhythm,
            Question question) {
        return port.nodePort() == 0 || port.l4Protocol() != L4Protocol.TCP ? null
                : asked(port, new SocketAddress(address, port.nodePort()), rhythm, question);
    }

    /** What a pod is asked; null for nothing. */
    @Nullable Probe ofPod(ServicePort port, SocketAddress target) {
        if (check == null) {
            return null;
        }
        Integer number = check.question().number();
        if (number != null) {
            return asked(port, new SocketAddress(target.address(), number), check.cluster(),
                    check.question());
        }
        return port.l4Protocol() != L4Protocol.TCP ? null
                : asked(port, target, check.cluster(), check.question());
    }

    private static Probe asked(ServicePort port, SocketAddress to, Rhythm rhythm,
            Question question) {
        return new Probe(to, question.isHttp(port) ? question.path() : null, rhythm);
    }

    /**
     * Whether a node has passed all along: kube-proxy runs everywhere; a node port's answer is that
     * of any of the pods that it may lead to.
     *
     * @param here ready endpoints on the node
     * @param behind the pods that its node port leads to
     */
    boolean passes(Node node, @Nullable Probe probe, int here, int anywhere,
            Collection<Pod> behind) {
        boolean local = service.spec().isExternalLocal();
        boolean serves = local ? here > 0 : anywhere > 0;
        if (check == null || probe == null || probe.path() == null) {
            return serves;
        }
        if (check.question().number() == null && asksKubeProxy(local)) {
            boolean drains = node.taints().stream().anyMatch(t -> t.key().equals(TO_BE_DELETED));
            return (local ? check.question().port()
                    : check.question().clusterPort()) == Port.KUBE_PROXY ? !drains : here > 0;
        }
        return serves && behind.stream().allMatch(pod -> answers(pod, probe));
    }

    private boolean asksKubeProxy(boolean local) {
        return check != null && (local ? check.question().port()
                : check.question().clusterPort()) != Port.NODE_PORT;
    }

    /** Whether a pod's answer counts as well. */
    boolean answers(@Nullable Pod pod, @Nullable Probe probe) {
        String path = probe == null ? null : probe.path();
        return path == null || pod == null || config.answersWell(pod, path);
    }
}
