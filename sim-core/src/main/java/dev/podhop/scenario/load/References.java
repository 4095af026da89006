package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.Spelling;
import dev.podhop.scenario.FlowTarget;
import dev.podhop.scenario.LinkRef;
import dev.podhop.scenario.Source;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds what a document refers to against what the files have. */
final class References {

    private final Inventory inventory;
    private final List<String> externalHosts;
    private final Problems problems;

    References(Inventory inventory, List<String> externalHosts, Problems problems) {
        this.inventory = inventory;
        this.externalHosts = externalHosts;
        this.problems = problems;
    }

    /** Where a reference stands. */
    record Place(Location where, String path) {}

    void object(ObjectKey key, Place place) {
        if (inventory.has(key)) {
            return;
        }
        if (key.kind() != ApiKind.POD) {
            unknown(key.toString(), article(key.kind()) + " of the files",
                    inventory.texts(key.kind()), place);
            return;
        }
        String expected = "a pod of the files, or deployment/NAME for the pods of a Deployment";
        ObjectKey deployment = new ObjectKey(ApiKind.DEPLOYMENT, key.namespace(), key.name());
        unknown(key.toString(), expected, inventory.has(deployment)
                ? deployment.toString()
                : Spelling.nearest(key.toString(), inventory.texts(ApiKind.POD)).orElse(null),
                place);
    }

    private static String article(ApiKind kind) {
        return (kind.singular().startsWith("e") ? "an " : "a ") + kind.singular();
    }

    /** An object of one of some kinds. */
    void object(ObjectKey key, Place place, ApiKind... kinds) {
        if (!List.of(kinds).contains(key.kind())) {
            problems.unexpected(place.where, place.path, "\"" + key + "\"",
                    String.join(" or ", Stream.of(kinds).map(References::article).toList()));
        } else {
            object(key, place);
        }
    }

    void node(String name, Place place) {
        object(new ObjectKey(ApiKind.NODE, "", name), place);
    }

    /** Hosts outside are named in this document alone. */
    void external(String name, Place place) {
        if (!externalHosts.contains(name)) {
            unknown("external/" + name, "a host of spec.externalHosts",
                    externalHosts.stream().map(known -> "external/" + known).toList(), place);
        }
    }

    void link(LinkRef link, Place place) {
        switch (link.end()) {
            case POD -> object(new ObjectKey(ApiKind.POD, link.namespace(), link.name()), place);
            case NODE -> node(link.name(), place);
            case EXTERNAL -> external(link.name(), place);
        }
    }

    void source(Source source, Place place) {
        switch (source) {
            case Source.PodSource pod -> object(
                    new ObjectKey(ApiKind.POD, pod.namespace(), pod.name()), place);
            case Source.DeploymentSource deployment -> object(new ObjectKey(ApiKind.DEPLOYMENT,
                    deployment.namespace(), deployment.name()), place);
            case Source.NodeSource node -> node(node.name(), place);
            case Source.ExternalSource external -> external(external.name(), place);
        }
    }

    void target(FlowTarget target, Place place) {
        switch (target) {
            case FlowTarget.ServiceTarget service -> service(service, place);
            case FlowTarget.PodTarget pod -> object(
                    new ObjectKey(ApiKind.POD, pod.namespace(), pod.name()), place);
            case FlowTarget.NodeTarget node -> node(node.name(), place);
            // Whether an address or a name leads anywhere is for the run to show.
            case FlowTarget.AddressTarget address -> {
            }
            case FlowTarget.DnsTarget name -> {
            }
        }
    }

    /** A Service of the files, without its port. */
    void service(String namespace, String name, Place place) {
        object(new ObjectKey(ApiKind.SERVICE, namespace, name), place);
    }

    private void service(FlowTarget.ServiceTarget target, Place place) {
        ObjectKey key = new ObjectKey(ApiKind.SERVICE, target.namespace(), target.name());
        object(key, place);
        inventory.find(Service.class, key).ifPresent(service -> port(service, target, place));
    }

    /**
     * A Service's port is named or numbered (ServicePort.name, .port); the target's own port is not
     * one.
     */
    private void port(Service service, FlowTarget.ServiceTarget target, Place place) {
        List<ServicePort> ports = service.spec().ports();
        boolean known = ports.stream().anyMatch(port -> target.port().equals(port.name())
                || target.port().equals(String.valueOf(port.port())));
        if (!known) {
            List<String> texts = ports.stream().flatMap(port -> port.name().isEmpty()
                    ? Stream.of(String.valueOf(port.port()))
                    : Stream.of(String.valueOf(port.port()), port.name())).toList();
            String near = Spelling.nearest(target.port(), texts).orElse(null);
            problems.unexpected(place.where, place.path,
                    "port " + target.port() + ", which " + service.key() + " does not have",
                    texts.isEmpty() ? "a Service with ports" : String.join(" or ", texts),
                    target.port().matches("[0-9]+") ? null : near);
        }
    }

    private void unknown(String found, String expected, List<String> known, Place place) {
        unknown(found, expected, Spelling.nearest(found, known).orElse(null), place);
    }

    private void unknown(String found, String expected, @Nullable String near, Place place) {
        problems.unexpected(place.where, place.path, "\"" + found + "\"", expected, near);
    }
}
