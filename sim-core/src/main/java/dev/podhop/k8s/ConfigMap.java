package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;
import java.util.Map;

/**
 * {@code v1} ConfigMap; the one named kube-proxy holds that program's configuration under {@code
 * config.conf}.
 */
public record ConfigMap(ObjectMeta metadata, Map<String, String> data, SourceTree tree)
        implements ApiObject {

    static ConfigMap read(Mapping source) {
        ObjectReader object = new ObjectReader(source);
        return new ConfigMap(ObjectMeta.read(object, ApiKind.CONFIG_MAP), object.map("data"),
                SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.CONFIG_MAP;
    }
}
