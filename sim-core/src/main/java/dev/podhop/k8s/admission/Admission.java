package dev.podhop.k8s.admission;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.admission.FieldErrors.FieldError;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The gate before the store: an object that passes is defaulted, valid, and has its addresses and
 * ports. Remembers what it gave to whom. One per cluster.
 */
public final class Admission {

    private final int minorVersion;
    private final boolean asWritten;
    private final ServiceAllocator allocator;
    private final AddressBook addresses = new AddressBook();
    private final Map<ObjectKey, ServiceAllocator.Claims> claims = new HashMap<>();
    private final Unusual unusual = new Unusual();

    /**
     * @param serviceRanges where Services' addresses come from, at most one range a family, the
     *     cluster's default family first
     * @param minorVersion of Kubernetes 1.x, whose rules apply
     */
    public Admission(List<Cidr> serviceRanges, int minorVersion) {
        this(serviceRanges, minorVersion, false);
    }

    private Admission(List<Cidr> serviceRanges, int minorVersion, boolean asWritten) {
        this.allocator = new ServiceAllocator(serviceRanges);
        this.minorVersion = minorVersion;
        this.asWritten = asWritten;
    }

    /**
     * A gate that judges updates by what is written, as the server's validation does by itself.
     * The server mends before it validates: what an update leaves in place without a use for it,
     * such as the health check port of a Service that turns to policy Cluster, it drops. A file
     * that only works where the old object was there before is told so.
     */
    public static Admission ofManifests(List<Cidr> serviceRanges, int minorVersion) {
        return new Admission(serviceRanges, minorVersion, true);
    }

    /**
     * Admits what a cluster begins with. What one object asks for by value, no object before it in
     * the files is given; objections to all of them are told together.
     *
     * @return the objects that passed, in order
     */
    public List<ApiObject> createAll(List<ApiObject> objects, Problems problems) {
        List<Draft> drafts = objects.stream().map(this::draft).toList();
        NodeNames nodes = new NodeNames(objects);
        List<ApiObject> admitted = new ArrayList<>();
        for (Draft draft : drafts) {
            nodes.check(draft.object(), problems);
            ApiObject object = finish(draft, draft.object().isPrinted(), problems);
            if (object != null) {
                admitted.add(object);
            }
        }
        unusual.tell("1." + minorVersion, problems);
        return admitted;
    }

    /** Admits one new object; null, with the objections told, if it is refused. */
    public @Nullable ApiObject create(ApiObject object, Problems problems) {
        return finish(draft(object), false, problems);
    }

    /** Admits an object in the place of {@code old}; null, with the objections told, if refused. */
    public @Nullable ApiObject update(ApiObject old, ApiObject object, Problems problems) {
        FieldErrors errors = new FieldErrors(minorVersion);
        ApiObject updated = object;
        // What the old object holds must be free while the new one asks, perhaps for the same.
        ServiceAllocator.Claims before = claims.get(old.key());
        if (object instanceof Service service && old instanceof Service known && before != null) {
            allocator.release(before);
            updated = updateService(known, service, errors);
            ServiceUpdateValidation.validate(known, (Service) updated, minorVersion, errors);
        } else {
            UpdateRules.validate(old, object, errors);
            ObjectValidation.validate(object, minorVersion, errors);
        }
        unusual.forgive(old, errors);
        addresses.remove(old);
        if (errors.isEmpty()) {
            addresses.objections(updated, errors);
            unusual.forgive(old, errors);
        }
        if (isFine(updated, errors, problems)) {
            ApiWarnings.tell(updated, minorVersion, problems);
            return updated;
        }
        if (before != null) {
            ServiceAllocator.Claims refused = claims.put(old.key(), before);
            if (refused != null) {
                allocator.release(refused);
            }
            allocator.takeBack(before);
        }
        addresses.add(old);
        return null;
    }

    /**
     * Notes that a controller wrote an object: what it derives is valid by construction, but its
     * addresses are taken.
     */
    public void note(@Nullable ApiObject old, ApiObject object) {
        if (old != null) {
            addresses.remove(old);
        }
        addresses.add(object);
    }

    /** Whether no object has the address. */
    public boolean isFree(IpAddress address) {
        return addresses.isFree(address);
    }

    /** Takes back what an object that goes away was given. */
    public void delete(ApiObject object) {
        addresses.remove(object);
        ServiceAllocator.Claims held = claims.remove(object.key());
        if (held != null) {
            allocator.release(held);
        }
    }

    /** An object on its way in, with what was found wrong so far. */
    private record Draft(ApiObject object, FieldErrors errors) {}

    private Draft draft(ApiObject object) {
        FieldErrors errors = new FieldErrors(minorVersion);
        return new Draft(object instanceof Service service
                ? claim(service, ServiceUpdate.normalizeNew(ServiceDefaults.apply(service.spec())),
                        null, errors)
                : object, errors);
    }

    /**
     * @param printed whether a server has printed it, and so had accepted it: by rules that need
     *     not be the ones here, for another version, another range of ports, another way of nodes
     */
    private @Nullable ApiObject finish(Draft draft, boolean printed, Problems problems) {
        ApiObject object = draft.object();
        if (object instanceof Service service) {
            object = fillIn(service, draft.errors());
            ServiceValidation.validate((Service) object, minorVersion, draft.errors());
        } else {
            ObjectValidation.validate(object, minorVersion, draft.errors());
        }
        List<FieldError> stands = new ArrayList<>();
        if (printed) {
            stands.addAll(draft.errors().takeUnusual());
        }
        // An address that is none cannot be looked up; that it is none is told.
        if (draft.errors().isEmpty()) {
            addresses.objections(object, draft.errors());
        }
        if (printed) {
            stands.addAll(draft.errors().takeUnusual());
            unusual.note(object, stands);
        }
        if (isFine(object, draft.errors(), problems)) {
            if (!printed) {
                ApiWarnings.tell(object, minorVersion, problems);
            }
            return object;
        }
        ServiceAllocator.Claims held = claims.remove(object.key());
        if (held != null) {
            allocator.release(held);
        }
        return null;
    }

    private boolean isFine(ApiObject object, FieldErrors errors, Problems problems) {
        errors.tell(object::locationOf, problems);
        if (errors.isEmpty()) {
            addresses.add(object);
        }
        return errors.isEmpty();
    }

    private Service updateService(Service old, Service service, FieldErrors errors) {
        ServiceSpec defaulted = ServiceDefaults.apply(service.spec());
        ServiceSpec meant = asWritten ? ServiceUpdate.asWritten(old.spec(), defaulted)
                : ServiceUpdate.interpret(old.spec(), defaulted);
        Service updated = fillIn(claim(service, meant, old.spec(), errors), errors);
        // Its load balancer goes with the type.
        return meant.isType(ServiceSpec.LOAD_BALANCER) ? updated : updated.withIngress(List.of());
    }

    /** Settles a defaulted Service's families, and claims what it asks for. */
    private Service claim(Service service, ServiceSpec spec, @Nullable ServiceSpec old,
            FieldErrors errors) {
        ServiceSpec settled = spec;
        FieldErrors addressErrors = new FieldErrors();
        ClusterIpValidation.validate(spec, addressErrors);
        boolean addressable = addressErrors.isEmpty();
        if (addressable) {
            FieldErrors familyErrors = new FieldErrors();
            settled = ServiceFamilies.settle(allocator.families(), old, spec, familyErrors);
            addressable = familyErrors.isEmpty();
            errors.addAll(familyErrors);
        }
        if (!addressable) {
            // Validation then speaks of what was written, not of what might have been allocated.
            settled = spec;
        }
        ServiceAllocator.Claims held =
                new ServiceAllocator.Claims(addressable, old != null);
        claims.put(service.key(), held);
        allocator.claim(settled, held, errors);
        return service.withSpec(settled);
    }

    private Service fillIn(Service service, FieldErrors errors) {
        ServiceAllocator.Claims held = claims.get(service.key());
        return held == null
                ? service
                : service.withSpec(allocator.fillIn(service.spec(), held, errors));
    }
}
