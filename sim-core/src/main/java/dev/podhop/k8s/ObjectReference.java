package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;

/** Points from an endpoint to the pod behind it. */
public record ObjectReference(String kind, String namespace, String name, String uid) {

    static ObjectReference read(ObjectReader object) {
        return new ObjectReference(object.text("kind"), object.text("namespace"),
                object.text("name"), object.text("uid"));
    }
}
