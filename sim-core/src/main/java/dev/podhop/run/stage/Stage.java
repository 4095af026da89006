package dev.podhop.run.stage;

import dev.podhop.cluster.Cluster;
import dev.podhop.cluster.Labels;
import dev.podhop.engine.Chooser;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.kubelet.Kubelets;
import dev.podhop.kubelet.PodContainers;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.net.SocketAddress;
import dev.podhop.netstack.NetworkNamespace;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.ExternalHost;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.Send;
import dev.podhop.scenario.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A scenario's cluster and control plane, moved along its timeline one event at a time. */
public final class Stage {

    private final Simulation simulation = new Simulation();
    private final ControlPlane controlPlane;
    private final Cluster cluster;
    private final Kubelets kubelets;
    private final Faults faults;
    private final ClusterNames names;
    private final List<String> outside;
    private final int followEvents;
    /** What the store holds and the data plane has not followed yet. */
    private final List<StoreEvent> behind = new ArrayList<>();

    /** Somebody who can send: a pod, a node, an outside host. */
    public record Client(String label, NetworkNamespace namespace, @Nullable Pod pod) {}

    /**
     * The scenario at time 0, settled.
     *
     * @param seed of the run: what the control plane's lags are drawn from
     */
    public Stage(LoadedScenario scenario, Chooser chooser, long seed) {
        this.outside = scenario.spec().externalHosts().stream().map(ExternalHost::name).toList();
        this.controlPlane = new ControlPlane(scenario, simulation, seed);
        this.cluster = new Cluster(Assembly.of(scenario, seed), simulation, chooser,
                controlPlane.store(), controlPlane.watches(), controlPlane.cloud());
        this.kubelets = new Kubelets(controlPlane.store(), simulation, cluster.podRuntime(),
                scenario.spec().controlPlane().kubelet().timings(), seed);
        controlPlane.watches().watch("kubelet", Set.of(ApiKind.POD), kubelets);
        this.faults = new Faults(cluster, kubelets, controlPlane.nodes());
        this.followEvents = simulation.register((now, target, arg) -> follow());
        usable(() -> cluster.settle(controlPlane.store().all()));
        this.names = new ClusterNames(scenario, controlPlane, cluster);
        controlPlane.store().subscribe(this::written);
        kubelets.start();
        controlPlane.start();
        cluster.start();
    }

    /** What follows the store at once does so when the event that writes is over. */
    private void written(StoreEvent event) {
        if (behind.isEmpty()) {
            simulation.scheduleAfter(0, followEvents, 0, 0);
        }
        behind.add(event);
    }

    /** Lets follow what is still behind: who looks now sees the store as it is. */
    public void follow() {
        if (!behind.isEmpty()) {
            List<StoreEvent> writes = List.copyOf(behind);
            behind.clear();
            usable(() -> cluster.follow(writes));
        }
    }

    /**
     * What the kernel would not take, such as a sysctl that is no number, is the file's mistake.
     */
    private static void usable(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    public Cluster cluster() {
        return cluster;
    }

    /** What kubelet reports of a pod's containers; empty where none has charge of it. */
    public Optional<PodContainers> containers(ObjectKey pod) {
        return kubelets.containers(pod);
    }

    /** Something of the timeline other than a flow happens now. */
    public void apply(Event event) {
        switch (event) {
            case Event.Apply apply -> controlPlane.apply(apply);
            case Event.Patch patch -> controlPlane.patch(patch);
            case Event.Delete delete -> controlPlane.delete(delete);
            case Event.Stop stop -> running(kubelets.stop(stop.pod()), stop, stop.pod());
            case Event.Sysctl sysctl -> usable(() -> sysctl(sysctl));
            case Send send -> throw new IllegalArgumentException("a flow is not applied: " + send);
            case Event.Scale scale -> controlPlane.scale(scale);
            case Event.Rollout rollout -> controlPlane.rollout(rollout, simulation.nowNanos());
            case Event.Drain drain -> controlPlane.drain(drain);
            case Event.Restart e -> running(kubelets.restart(e.pod()), e, e.pod());
            case Event.Kill kill -> running(kubelets.kill(kill.pod()), kill, kill.pod());
            case Event.Fail fail -> faults.fail(fail.target());
            case Event.Recover recover -> faults.recover(recover.target());
            case Event.Impair impair -> usable(() -> faults.impair(impair));
        }
        follow();
    }

    private static void running(boolean found, Event event, ObjectKey pod) {
        if (!found) {
            throw new UsageException(event.verb() + ": there is no " + pod
                    + " on a node at that time; expected one that its kubelet has charge of");
        }
    }

    /** Pods that no node has taken: whatever they were to serve is not served. */
    public List<String> unscheduled() {
        return controlPlane.pods().stream()
                .filter(pod -> pod.spec().nodeName().isEmpty() && !pod.isFinished())
                .map(pod -> Labels.pod(pod.metadata())).toList();
    }

    private void sysctl(Event.Sysctl event) {
        if (event.target() == null) {
            cluster.sysctls(event.values().nodes(), event.values().pods());
            return;
        }
        NetworkNamespace ns = switch (event.target().kind()) {
            case NODE -> cluster.node(event.target().name());
            case POD -> cluster.pod(event.target().namespace(), event.target().name());
            default -> null;
        };
        if (ns == null) {
            throw new UsageException("sysctl: no " + event.target()
                    + "; expected a node, or a pod with a network");
        }
        cluster.sysctls(ns, event.values().nodes());
        cluster.sysctls(ns, event.values().pods());
    }

    /** Who sends: one client, or every pod of a Deployment. */
    List<Client> clients(Source source) {
        List<Client> clients = switch (source) {
            case Source.PodSource pod -> podClients(
                    pod(pod.namespace(), pod.name()).stream().toList());
            case Source.NodeSource node -> client("node/" + node.name(),
                    cluster.node(node.name()));
            case Source.ExternalSource host -> client("external/" + host.name(),
                    cluster.external(host.name()));
            case Source.DeploymentSource deployment -> podClients(
                    controlPlane.podsOf(deployment.namespace(), deployment.name()));
        };
        if (clients.isEmpty()) {
            throw new UsageException("nobody to send from: " + source
                    + " does not exist, or has no network, at that time"
                    + UsageException.meant(source.toString(), senders()));
        }
        return clients;
    }

    /** Who may send, as a file names them. */
    private List<String> senders() {
        return Stream.of(controlPlane.pods().stream().map(Pod::metadata).map(pod -> "pod/"
                + Names.qualified(pod.namespace(), pod.name())),
                cluster.objects().nodes().stream().map(node -> "node/" + node.metadata().name()),
                outside.stream().map(name -> "external/" + name))
                .flatMap(Function.identity()).toList();
    }

    private Optional<Pod> pod(String namespace, String name) {
        return Optional.ofNullable(controlPlane.store().get(Pod.class, namespace, name));
    }

    private List<Client> podClients(List<Pod> pods) {
        return pods.stream().<Client>mapMulti((pod, next) -> {
            NetworkNamespace ns = cluster.pod(pod.metadata().namespace(), pod.metadata().name());
            if (ns != null) {
                next.accept(new Client(Labels.pod(pod.metadata()), ns, pod));
            }
        }).toList();
    }

    private static List<Client> client(String label, @Nullable NetworkNamespace ns) {
        return ns == null ? List.of() : List.of(new Client(label, ns, null));
    }

    /** The address that a target stands for now. */
    SocketAddress resolve(FlowTarget target, @Nullable IpFamily family) {
        return switch (target) {
            case FlowTarget.AddressTarget address -> address.endpoint();
            case FlowTarget.ServiceTarget service -> resolve(service, family);
            case FlowTarget.PodTarget pod -> new SocketAddress(first(target,
                    pod(pod.namespace(), pod.name()).stream()
                            .flatMap(p -> p.addresses().stream()).toList(),
                    family), pod.port());
            case FlowTarget.NodeTarget node -> new SocketAddress(first(target,
                    cluster.objects().nodes().stream()
                            .filter(n -> n.metadata().name().equals(node.name()))
                            .map(Node::internalAddresses).flatMap(List::stream).toList(),
                    family), node.port());
            case FlowTarget.DnsTarget dns -> throw new IllegalArgumentException(
                    dns + " is for its client to look up");
        };
    }

    private SocketAddress resolve(FlowTarget.ServiceTarget target, @Nullable IpFamily family) {
        Service service = controlPlane.store().get(Service.class, target.namespace(),
                target.name());
        if (service == null) {
            throw new UsageException("no such Service: " + target
                    + UsageException.meant(
                            "service/" + Names.qualified(target.namespace(), target.name()),
                            cluster.objects().services().stream().map(Service::metadata)
                                    .map(s -> "service/" + Names.qualified(s.namespace(), s.name()))
                                    .toList()));
        }
        refuseWithoutAddress(target, service);
        List<IpAddress> addresses = target.vip()
                ? controlPlane.vips(service)
                : service.spec().clusterAddresses();
        ServicePort port = service.spec().ports().stream()
                .filter(p -> p.name().equals(target.port())
                        || String.valueOf(p.port()).equals(target.port()))
                .findFirst().orElseThrow(() -> new UsageException(target + ": the Service has no "
                        + "port " + target.port() + "; it has " + service.spec().ports().stream()
                                .map(p -> String.valueOf(p.port())).toList()));
        return new SocketAddress(first(target, addresses, family), port.port());
    }

    /** What cannot be called by the address that a target stands for. */
    private static void refuseWithoutAddress(FlowTarget.ServiceTarget target, Service service) {
        if (service.spec().type().equals("ExternalName")) {
            throw new UsageException(target + ": the Service is of type ExternalName, which has no"
                    + " address; expected its name, " + target.name() + "." + target.namespace()
                    + ":" + target.port());
        }
        if (!target.vip() && service.spec().clusterIP().equals("None")) {
            throw new UsageException(target + ": the Service is headless, it has no ClusterIP;"
                    + " expected its name, " + target.name() + "." + target.namespace() + ":"
                    + target.port() + ", or a pod");
        }
    }

    private static IpAddress first(FlowTarget target, List<IpAddress> addresses,
            @Nullable IpFamily family) {
        return addresses.stream().filter(a -> family == null || a.family() == family).findFirst()
                .orElseThrow(() -> new UsageException(target + " has no address"
                        + (family == null ? "" : " of family " + family) + " at that time"));
    }

    public ControlPlane controlPlane() {
        return controlPlane;
    }

    public ClusterNames names() {
        return names;
    }
}
