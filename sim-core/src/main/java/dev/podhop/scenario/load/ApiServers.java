package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.k8s.source.YamlReader;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.scenario.form.ScenarioDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Service {@code default/kubernetes}, which kube-apiserver keeps for itself: it has the first
 * address of the Services' range, and its slice the API servers' own ({@code
 * kubernetesservice.Controller}). It exists where a file has it or says where API servers are.
 */
final class ApiServers {

    private static final ObjectKey KEY = new ObjectKey(ApiKind.SERVICE, "default", "kubernetes");
    private static final int PORT = 6443;

    private ApiServers() {}

    /** The manifests with the Service and its slice, where the document names API servers. */
    static Manifests in(Manifests manifests, Mapping document, NetworkGuess guess,
            List<Cidr> given) {
        List<IpAddress> servers = servers(manifests, document);
        boolean there = manifests.objects().stream().anyMatch(o -> o.key().equals(KEY));
        if (servers.isEmpty() || there) {
            return manifests;
        }
        Cidr range =
                (given.isEmpty() ? guess.fill(ScenarioDocument.emptySpec().network()).serviceCIDR()
                        : given).getFirst();
        String endpoints = servers.stream().filter(s -> s.family() == range.family())
                .map(s -> "{addresses: [\"" + s + "\"]}").collect(Collectors.joining(", "));
        String yaml = String.format(Locale.ROOT, """
                apiVersion: v1
                kind: Service
                metadata:
                  name: kubernetes
                  namespace: default
                  labels: {component: apiserver, provider: kubernetes}
                spec: {clusterIP: "%1$s", ports: [{name: https, port: 443, targetPort: %2$d}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata:
                  name: kubernetes
                  namespace: default
                  labels: {kubernetes.io/service-name: kubernetes}
                addressType: %3$s
                ports: [{name: https, port: %2$d, protocol: TCP}]
                endpoints: [%4$s]
                """, range.address(1), PORT, range.family(), endpoints);
        List<ApiObject> all = new ArrayList<>(manifests.objects());
        all.addAll(ManifestReader.read(YamlReader.read(document.location().file(), yaml,
                new Problems()), new Problems()).objects());
        return new Manifests(all, manifests.again(), manifests.kubeProxy(), manifests.own(),
                manifests.ignored());
    }

    private static List<IpAddress> servers(Manifests manifests, Mapping document) {
        List<String> names = document.get("spec") instanceof Mapping spec
                && spec.get("controlPlane") instanceof Mapping control
                && control.get("apiServers") instanceof Sequence list
                        ? list.items().stream().filter(Scalar.class::isInstance)
                                .map(item -> ((Scalar) item).text()).toList()
                        : List.of();
        return names.stream().flatMap(name -> manifests.objects().stream()
                .filter(o -> o instanceof Node && name.equals("node/" + o.metadata().name()))
                .flatMap(o -> ((Node) o).addresses().stream())
                .filter(a -> a.type().equals("InternalIP"))
                .flatMap(a -> IpAddress.parse(a.address()).stream())).toList();
    }

    /**
     * Tells of another Service with that address, which a server would refuse. Files that were made
     * up have it often, and their answers do not hang on it.
     */
    static void tellTaken(Manifests manifests, List<Cidr> ranges, Problems problems) {
        for (ApiObject object : manifests.objects()) {
            if (object instanceof Service service && !service.key().equals(KEY)
                    && !service.isPrinted()) {
                taken(service, ranges).ifPresent(address -> problems.warn(
                        service.locationOf(FieldPath.of("spec", "clusterIP")) + ": " + address
                                + " is the first address of the Services' range, which the Service"
                                + " default/kubernetes has: an API server refuses it ("
                                + "provided IP is already allocated)"));
            }
        }
    }

    private static Optional<IpAddress> taken(Service service, List<Cidr> ranges) {
        return Stream.concat(Stream.of(service.spec().clusterIP()),
                service.spec().clusterIPs().stream())
                .flatMap(text -> IpAddress.parse(text).stream())
                .filter(ip -> !ranges.isEmpty() && ip.equals(ranges.getFirst().address(1)))
                .findFirst();
    }
}
