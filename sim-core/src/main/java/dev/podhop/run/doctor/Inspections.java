package dev.podhop.run.doctor;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.k8s.source.Location;
import dev.podhop.scenario.Names;
import java.util.ArrayList;
import java.util.List;

/** What is looked for in the objects themselves. */
final class Inspections {

    private Inspections() {}

    /** All that is suspect of these Services and what they stand on. */
    static List<Suspect> of(Surroundings around, List<Service> services) {
        List<Suspect> suspects = new ArrayList<>();
        new AddressInspection(around, suspects::add).look(services);
        new PortInspection(around, suspects::add).look(services);
        new BalancerInspection(around, suspects::add).look(services);
        new NodeInspection(around, suspects::add).look();
        new TerminationInspection(around, suspects::add).look(services);
        new NameInspection(around, suspects::add).look(services);
        return suspects;
    }

    /** {@code pod/web-1}, {@code deployment/shop/web}, {@code node/n1}. */
    static String name(ApiObject object) {
        return object.kind().singular() + "/"
                + Names.qualified(object.metadata().namespace(), object.metadata().name());
    }

    /** {@code web}, {@code shop/web}. */
    static String qualified(ApiObject object) {
        return Names.qualified(object.metadata().namespace(), object.metadata().name());
    }

    static Location at(ApiObject object, String first, String... more) {
        return object.locationOf(FieldPath.of(first, more));
    }

    /** {@code file.yaml:12}. */
    static String where(Location at) {
        return at.file() + ":" + at.line();
    }
}
