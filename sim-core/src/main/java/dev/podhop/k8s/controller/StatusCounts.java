package dev.podhop.k8s.controller;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ManifestReader;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.TreeBuilder;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.store.ApiStore;

/** Changes fields of an object's status, and leaves the others as they are. */
final class StatusCounts {

    private final ApiObject object;
    private final Location where;
    private Mapping status;

    StatusCounts(ApiObject object) {
        this.object = object;
        this.where = object.place();
        this.status = object.source().get("status") instanceof Mapping old ? old
                : new TreeBuilder(where).build();
    }

    /** Sets a number; as in the API's JSON, 0 is left out. */
    StatusCounts count(String field, int value) {
        status = value == 0
                ? status.without(field)
                : status.with(field,
                        new Scalar(where, String.valueOf(value), Scalar.Kind.INT, false));
        return this;
    }

    StatusCounts text(String field, String value) {
        return node(field, TreeBuilder.string(where, value));
    }

    StatusCounts node(String field, YamlNode value) {
        status = status.with(field, value);
        return this;
    }

    /** Writes it, which is no write where nothing changed. */
    void write(ApiStore store) {
        store.put(ManifestReader.view(object.kind(), status.entries().isEmpty()
                ? object.source().without("status")
                : Trees.set(object.source(), status, "status")));
    }
}
