package dev.podhop.k8s;

import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.SourceTree;
import dev.podhop.k8s.source.Trees;
import dev.podhop.k8s.source.YamlNode.Mapping;

/**
 * An object of the Kubernetes API: an immutable view of the {@link #source() tree} that it was read
 * from. The tree is the whole truth, with what was defaulted and allocated written into it; the
 * records hold what the simulator reads.
 *
 * <p>The records follow the API's Go types: a plain field that is absent reads as its zero value
 * (empty text, 0, an empty list), a pointer field as null. Addresses stay text, as in the API, for
 * validation must be able to name a bad one; typed accessors stand beside them and are for objects
 * that passed validation.
 */
public sealed interface ApiObject permits Node, Namespace, Pod, Service, Endpoints, ConfigMap,
        Workload, EndpointSlice {

    /** Which kind of object this is. */
    ApiKind kind();

    /** Name, namespace, labels and the rest. */
    ObjectMeta metadata();

    /** What holds the tree that this object is a view of. */
    SourceTree tree();

    /**
     * The tree, with a place in a file for every field; made anew at each call where it lies
     * packed.
     */
    default Mapping source() {
        return tree().mapping();
    }

    /** Where the object stands. */
    default Location place() {
        return tree().location();
    }

    /** What tells this object from every other at one time. */
    default ObjectKey key() {
        return new ObjectKey(kind(), metadata().namespace(), metadata().name());
    }

    /** Whether a server has printed it, which had accepted it then. */
    default boolean isPrinted() {
        return Printed.is(source());
    }

    /** Whether it stands in no file, but was made for one that left it out. */
    default boolean isMade() {
        return place().line() == 0;
    }

    /** The place of a field in the file, or of the nearest object around it that the file has. */
    default Location locationOf(FieldPath field) {
        return Trees.locate(source(), field);
    }
}
