package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has which address. No API server checks it, for in a real cluster each address comes from its
 * own allocator; in a file two objects can be given one by mistake, and nothing would work as
 * meant.
 */
final class AddressBook {

    private static final FieldPath STATUS = FieldPath.of("status");

    private final Map<IpAddress, ApiObject> owners = new HashMap<>();

    private record Holding(IpAddress address, FieldPath field) {}

    /** Objects to each of an object's addresses that another object has. */
    void objections(ApiObject object, FieldErrors errors) {
        for (Holding holding : holdings(object)) {
            ApiObject owner = owners.get(holding.address());
            if (owner != null && !owner.key().equals(object.key())) {
                errors.taken(holding.field(), "found the address " + holding.address()
                        + ", expected one that is free: " + owner.key() + " ("
                        + owner.place() + ") has it");
            }
        }
    }

    boolean isFree(IpAddress address) {
        return !owners.containsKey(address);
    }

    void add(ApiObject object) {
        // Of two that a server printed with one address, the first has it.
        holdings(object).forEach(holding -> owners.merge(holding.address(), object,
                (owner, other) -> owner.key().equals(other.key()) ? other : owner));
    }

    void remove(ApiObject object) {
        holdings(object).forEach(holding -> owners.computeIfPresent(holding.address(),
                (address, owner) -> owner.key().equals(object.key()) ? null : owner));
    }

    /** The addresses that are an object's alone, each with the field that says so. */
    private static List<Holding> holdings(ApiObject object) {
        List<Holding> holdings = new ArrayList<>();
        switch (object) {
            case Node node -> {
                for (int i = 0; i < node.addresses().size(); i++) {
                    FieldPath field = STATUS.child("addresses").index(i).child("address");
                    String text = node.addresses().get(i).address();
                    // The types that hold names parse as no address.
                    Addresses.parse(text).ifPresent(a -> holdings.add(new Holding(a, field)));
                }
            }
            // A finished pod has lost its address; one on the host's network shares it.
            case Pod pod when !pod.spec().hostNetwork() && !pod.isFinished() -> {
                for (int i = 0; i < pod.status().podIPs().size(); i++) {
                    FieldPath field = i == 0
                            ? STATUS.child("podIP")
                            : STATUS.child("podIPs").index(i).child("ip");
                    Addresses.parse(pod.status().podIPs().get(i))
                            .ifPresent(a -> holdings.add(new Holding(a, field)));
                }
            }
            case Service service -> service.spec().clusterAddresses().forEach(a -> holdings
                    .add(new Holding(a, ClusterIpValidation.place(service.spec(), 0))));
            default -> {
            }
        }
        return holdings;
    }
}
