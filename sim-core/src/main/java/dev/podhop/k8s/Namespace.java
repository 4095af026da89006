package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.YamlNode.Mapping;

/** {@code v1} Namespace. */
public record Namespace(ObjectMeta metadata, SourceTree tree) implements ApiObject {

    static Namespace read(Mapping source) {
        return new Namespace(ObjectMeta.read(new ObjectReader(source), ApiKind.NAMESPACE),
                SourceTree.of(source));
    }

    @Override
    public ApiKind kind() {
        return ApiKind.NAMESPACE;
    }
}
