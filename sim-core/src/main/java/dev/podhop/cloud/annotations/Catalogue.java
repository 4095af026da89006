package dev.podhop.cloud.annotations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All documented annotations, from the files beside this class. */
public final class Catalogue {

    private static final List<String> FILES =
            List.of("kubernetes", "aws", "azure", "gke", "tke", "metallb");

    private static final Catalogue SHIPPED = load();

    private final List<Vendor> vendors = new ArrayList<>();
    private final List<Annotation> annotations = new ArrayList<>();
    private final Map<String, Annotation> byName = new LinkedHashMap<>();
    private final List<Annotation> withPort = new ArrayList<>();

    /** A written name that is documented, and the port that it is about. */
    record Found(Annotation annotation, int port) {}

    private Catalogue() {}

    /** The one that ships. */
    public static Catalogue shipped() {
        return SHIPPED;
    }

    private static Catalogue load() {
        Catalogue catalogue = new Catalogue();
        for (String file : FILES) {
            CatalogueFile read = CatalogueFile.read(file + ".yaml");
            catalogue.vendors.add(read.vendor());
            read.annotations().forEach(catalogue::add);
        }
        return catalogue;
    }

    private void add(Annotation annotation) {
        annotations.add(annotation);
        if (byName.putIfAbsent(annotation.name().text(), annotation) != null) {
            throw new IllegalStateException(annotation.name() + " stands in it twice");
        }
        if (annotation.name().isOfPort()) {
            withPort.add(annotation);
        }
    }

    public List<Vendor> vendors() {
        return List.copyOf(vendors);
    }

    /** All, those of a vendor together; of two that decide the same, the later outranks. */
    public List<Annotation> annotations() {
        return List.copyOf(annotations);
    }

    Optional<Found> find(String written) {
        Annotation plain = byName.get(written);
        if (plain != null) {
            return plain.name().match(written).map(port -> new Found(plain, port));
        }
        return withPort.stream().flatMap(annotation -> annotation.name().match(written)
                .map(port -> new Found(annotation, port)).stream()).findFirst();
    }

    /** Whose name it would be, were it documented: the longest prefix counts. */
    Optional<Vendor> vendorByPrefix(String written) {
        return vendors.stream().filter(vendor -> vendor.prefixOf(written) > 0)
                .max(Comparator.comparingInt(vendor -> vendor.prefixOf(written)));
    }

    Vendor vendor(String name) {
        return vendors.stream().filter(vendor -> vendor.name().equals(name)).findFirst()
                .orElseThrow();
    }

    /** The usual profile of the vendor that has such an annotation; of Kubernetes' own, none. */
    public Optional<String> usualProfile(String written) {
        return find(written).map(found -> vendor(found.annotation().vendor()))
                .or(() -> vendorByPrefix(written)).stream()
                .flatMap(vendor -> vendor.profiles().stream()).findFirst();
    }

    /** Whose load balancer has this profile; empty for one of nobody's. */
    public Optional<Vendor> vendorOfProfile(@Nullable String profile) {
        return profile == null ? Optional.empty()
                : vendors.stream().filter(vendor -> vendor.profiles().contains(profile))
                        .findFirst();
    }
}
