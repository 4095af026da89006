package dev.podhop.scenario.load;

import dev.podhop.cloud.Access;
import dev.podhop.cloud.HealthCheck;
import dev.podhop.cloud.HealthCheck.Port;
import dev.podhop.cloud.LoadBalancerKey;
import dev.podhop.cloud.LoadBalancerProfile;
import dev.podhop.cloud.LoadBalancerSettings;
import dev.podhop.cloud.LoadBalancerSettings.Backends;
import dev.podhop.cloud.LoadBalancerSettings.Destination;
import dev.podhop.cloud.LoadBalancerSettings.SourceRanges;
import dev.podhop.cloud.Provenance.Mark;
import dev.podhop.cloud.Questions;
import dev.podhop.cloud.Registration.Wanted;
import dev.podhop.cloud.Sharing;
import dev.podhop.cloud.Sharing.Claim;
import dev.podhop.engine.SimTime;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.scenario.LoadBalancerSpec;
import dev.podhop.scenario.Names;
import dev.podhop.scenario.ScenarioSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to be told of load balancers beside what they do: where a field means nothing to the
 * vendor's controller, where nobody knows what it does, where something is taken for granted. A
 * line each, at the first Service that it concerns.
 */
final class BalancerRemarks {

    private final ScenarioSpec spec;
    private final AnnotatedBalancers balancers;
    /** As the Nodes have them: a dump's need not be any. */
    private final Set<String> ofNodes;
    /** By the address that nodes announce for them. */
    private final Map<String, List<Claim>> announced = new HashMap<>();
    private final Map<String, List<Place>> remarks = new LinkedHashMap<>();

    /** Where a remark belongs. */
    private record Place(Service service, FieldPath field) {}

    private BalancerRemarks(ScenarioSpec spec, List<ApiObject> objects) {
        this.spec = spec;
        this.balancers = new AnnotatedBalancers(spec.loadBalancer());
        this.ofNodes = objects.stream().filter(Node.class::isInstance).map(Node.class::cast)
                .flatMap(node -> node.addresses().stream()).map(Node.NodeAddress::address)
                .collect(Collectors.toSet());
    }

    static void tell(ScenarioSpec spec, List<ApiObject> objects, Problems problems) {
        BalancerRemarks all = new BalancerRemarks(spec, objects);
        objects.stream().filter(Service.class::isInstance).map(Service.class::cast)
                .forEach(all::look);
        all.remarks.forEach((text, places) -> problems.warn(line(text, places)));
    }

    private static String line(String text, List<Place> places) {
        Place first = places.getFirst();
        return first.service.locationOf(first.field) + ": service/" + name(first.service)
                + (places.size() == 1 ? "" : " and " + (places.size() - 1) + " more") + ": "
                + text;
    }

    private static String name(Service service) {
        return Names.qualified(service.metadata().namespace(), service.metadata().name());
    }

    private void look(Service service) {
        LoadBalancerProfile profile = balancers.of(service, LoadBalancerSpec.EVERY_PORT);
        advice(service, profile);
        if (!service.spec().isType(ServiceSpec.LOAD_BALANCER)) {
            return;
        }
        List<String> shown = service.ingress().stream().map(LoadBalancerIngress::ip)
                .filter(ip -> !ip.isEmpty()).toList();
        doors(service, profile.settings(), shown);
        ranges(service, profile);
        if (shown.isEmpty()) {
            wishes(service, profile);
        } else if (profile.settings().isAnnounced()) {
            shared(service, profile.settings(), shown);
        }
        probes(service, profile.settings());
        withoutNodePorts(service, profile.settings());
        String existing = Access.existing(profile.settings());
        if (existing != null) {
            note(service, "type", "the existing instance " + existing + " is taken for one of the"
                    + " present kind; a traditional CLB is not modelled");
        }
    }

    private void note(Service service, String field, String text) {
        remarks.computeIfAbsent(text, t -> new ArrayList<>())
                .add(new Place(service, FieldPath.of("spec", field)));
    }

    private void doors(Service service, LoadBalancerSettings settings, List<String> shown) {
        if (settings.nodesOwn() && shown.size() > 1 && ofNodes.containsAll(shown)) {
            note(service, "type",
                    "its addresses " + String.join(", ", shown)
                            + " are nodes' own, each a door by itself;"
                            + " service/" + name(service) + "@vip stands for the first");
        }
    }

    private void ranges(Service service, LoadBalancerProfile profile) {
        boolean assumed =
                profile.mark(LoadBalancerKey.SOURCE_RANGES) == Mark.ASSUMED;
        if (!service.spec().loadBalancerSourceRanges().isEmpty() && assumed
                && profile.settings().sourceRanges() == SourceRanges.NODES
                && spec.loadBalancer().isSaid(service.metadata().namespace(),
                        service.metadata().name())) {
            note(service, "loadBalancerSourceRanges", "nobody documents whether "
                    + profile.name() + " keeps out whom loadBalancerSourceRanges does not name;"
                    + " here only kube-proxy does, where a packet has the load balancer's own"
                    + " address");
        }
    }

    /** An address that is shown by several holds as it is shown, if not for long. */
    private void shared(Service service, LoadBalancerSettings settings, List<String> shown) {
        Claim claim = new Claim(service, settings.instance().sharingKey());
        for (String address : shown) {
            for (Claim other : announced.getOrDefault(address, List.of())) {
                String why = Sharing.why(claim, other);
                if (!why.isEmpty()) {
                    note(service, "type", address + " is the address of service/"
                            + name(other.service()) + " too, and MetalLB lets them not share it ("
                            + why + "): its controller takes it from one of them; here both have"
                            + " it, as the file shows");
                }
            }
            announced.computeIfAbsent(address, a -> new ArrayList<>()).add(claim);
        }
    }

    private void wishes(Service service, LoadBalancerProfile profile) {
        String wanted = service.spec().loadBalancerClass();
        if (wanted != null && !profile.settings().registration().classes().contains(wanted)) {
            note(service, "loadBalancerClass", "loadBalancerClass " + wanted + " is not taken up"
                    + " (profile " + profile.name() + "): the Service stays without an address");
        } else if (!service.spec().loadBalancerIP().isEmpty()
                && profile.settings().registration().loadBalancerIP() != Wanted.HONOURED) {
            note(service, "loadBalancerIP", "loadBalancerIP is "
                    + profile.settings().registration().loadBalancerIP() + " (profile "
                    + profile.name() + ", " + profile.mark(LoadBalancerKey.LOAD_BALANCER_IP)
                    + ")");
        }
    }

    /** What is delivered as it was called needs no node port, but for the question after it. */
    private void withoutNodePorts(Service service, LoadBalancerSettings settings) {
        HealthCheck check = settings.healthCheck();
        boolean given = !Boolean.FALSE.equals(service.spec().allocateLoadBalancerNodePorts())
                || service.spec().isExternalLocal() && check != null
                        && check.question().port() == Port.HEALTH_CHECK_NODE_PORT;
        boolean lacks = !given && settings.destination() == Destination.KEEP
                && settings.backends() == Backends.NODE_PORT
                && service.spec().ports().stream().anyMatch(port -> Questions
                        .lacksNodePort(service, check, port));
        if (lacks) {
            note(service, "allocateLoadBalancerNodePorts", "its load balancer delivers to the"
                    + " address and port that were called (floating IP) and needs no node port for"
                    + " that, but its health check would ask one that is not there, so that nothing"
                    + " is set up (Azure/AKS#3165); with externalTrafficPolicy Local, or where"
                    + " kube-proxy is asked (healthCheck.clusterPort: kubeProxy), it works");
        }
    }

    /** Over HTTP it matters what is answered. */
    private void probes(Service service, LoadBalancerSettings settings) {
        HealthCheck check = settings.healthCheck();
        if (check == null) {
            return;
        }
        HealthCheck.Question question = check.question();
        Port asked = service.spec().isExternalLocal() ? question.port() : question.clusterPort();
        boolean pods = settings.backends() == Backends.POD || asked == Port.NODE_PORT
                || question.number() != null;
        for (ServicePort port : service.spec().ports()) {
            if (pods && question.isHttp(port) && !isSaid(service, question.path())) {
                note(service, "ports", "its load balancer asks pods over HTTP for "
                        + question.path() + ", and only a status of 200 to 399 is healthy; nothing"
                        + " says what they answer (servers: status), so that 200 is assumed");
                return;
            }
        }
    }

    private boolean isSaid(Service service, String path) {
        return spec.servers().stream().anyMatch(server -> server.status().containsKey(path)
                && service.spec().selector().entrySet().containsAll(server.pods().entrySet()));
    }

    private void advice(Service service, LoadBalancerProfile profile) {
        Long least = profile.settings().registration().affinityNanos();
        Integer seconds = service.spec().sessionAffinityTimeoutSeconds();
        if (least != null && seconds != null && seconds * SimTime.SECOND <= least) {
            note(service, "sessionAffinityConfig", "the vendor advises an affinity of more than "
                    + least / SimTime.SECOND + " s (profile " + profile.name() + ")");
        }
    }
}
