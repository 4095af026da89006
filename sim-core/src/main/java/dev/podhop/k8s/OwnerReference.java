package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;

/**
 * Names an object whose end is this one's end too.
 *
 * @param controller whether that owner also manages this object
 */
public record OwnerReference(String apiVersion, String kind, String name, String uid,
        boolean controller) {

    static OwnerReference read(ObjectReader object) {
        return new OwnerReference(object.text("apiVersion"), object.text("kind"),
                object.text("name"), object.text("uid"), object.flag("controller"));
    }
}
