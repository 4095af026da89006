package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.List;

/**
 * {@code v1} Service.
 *
 * @param ingress {@code status.loadBalancer.ingress}
 */
public record Service(ObjectMeta metadata, ServiceSpec spec, List<LoadBalancerIngress> ingress,
        SourceTree tree) implements ApiObject {

    static Service read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        return new Service(ObjectMeta.read(object, ApiKind.SERVICE),
                ServiceSpec.read(object.object("spec")), object.object("status")
                        .object("loadBalancer").list("ingress", LoadBalancerIngress::read),
                SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.SERVICE;
    }

    /** This Service with another load balancer's addresses, which are written into its tree too. */
    public Service withIngress(List<LoadBalancerIngress> changed) {
        return changed.equals(ingress)
                ? this
                : new Service(metadata, spec, changed,
                        SourceTree.of(ServiceTree.write(source(), changed)));
    }

    /** This Service with another spec, which is written into its tree too. */
    public Service withSpec(ServiceSpec changed) {
        return new Service(metadata, changed, ingress,
                SourceTree.of(ServiceTree.write(source(), changed)));
    }
}
