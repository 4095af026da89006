package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.DaemonSet;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Endpoints;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.ReplicaSet;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.List;
import java.util.Optional;

/** What the API server demands of the kinds other than Service. */
final class ObjectValidation {

    private static final FieldPath SPEC = FieldPath.of("spec");
    private static final FieldPath STATUS = FieldPath.of("status");
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final List<String> ADDRESS_TYPES = List.of("IPv4", "IPv6", "FQDN");

    private ObjectValidation() {}

    static void validate(ApiObject object, FieldErrors errors) {
        MetadataValidation.validate(object, errors);
        switch (object) {
            case Node node -> node(node, errors);
            case Pod pod -> pod(pod, errors);
            case EndpointSlice slice -> slice(slice, errors);
            case Endpoints endpoints -> endpoints(endpoints, errors);
            case Deployment set -> new WorkloadValidation(errors).validate(set, set.replicas());
            case ReplicaSet set -> new WorkloadValidation(errors).validate(set, set.replicas());
            case StatefulSet set -> new WorkloadValidation(errors).validate(set, set.replicas());
            case DaemonSet set -> new WorkloadValidation(errors).validate(set, 0);
            default -> {
            }
        }
    }

    /** {@code ValidateNode}: its ranges and its addresses, on which all pods' addresses depend. */
    private static void node(Node node, FieldErrors errors) {
        FieldPath ranges = SPEC.child("podCIDRs");
        for (int i = 0; i < node.podCIDRs().size(); i++) {
            String text = node.podCIDRs().get(i);
            FieldPath field = ranges.index(i);
            FieldPath place = i == 0 ? SPEC.child("podCIDR") : field;
            if (Addresses.parseCidr(text).isEmpty()) {
                errors.invalidAt(field, place, FieldErrors.quote(text), AddressRules.NO_CIDR);
            }
        }
        long families = node.podCIDRs().stream().map(Addresses::parseCidr)
                .flatMap(Optional::stream).map(Cidr::family).distinct().count();
        if (node.podCIDRs().size() > 2 || node.podCIDRs().size() == 2 && families == 1) {
            errors.invalidAt(ranges, ranges, FieldErrors.quote(node.podCIDRs()),
                    "may specify no more than one CIDR for each IP family");
        }
        for (int i = 0; i < node.addresses().size(); i++) {
            Node.NodeAddress address = node.addresses().get(i);
            // The types that hold names end in DNS, or are Hostname.
            boolean numeric = address.type().endsWith("IP");
            if (numeric && Addresses.parse(address.address()).isEmpty()) {
                errors.invalid(STATUS.child("addresses").index(i).child("address"),
                        address.address(), AddressRules.NO_ADDRESS);
            }
        }
    }

    /** {@code ValidatePodSpec}, and the addresses a file may give a pod in its status. */
    private static void pod(Pod pod, FieldErrors errors) {
        new PodSpecValidation(errors).validate(pod.spec(), SPEC);
        for (int i = 0; i < pod.status().podIPs().size(); i++) {
            String text = pod.status().podIPs().get(i);
            FieldPath field = STATUS.child("podIPs").index(i);
            if (Addresses.parse(text).isEmpty()) {
                errors.invalidAt(field, i == 0 ? STATUS.child("podIP") : field,
                        FieldErrors.quote(text), AddressRules.NO_ADDRESS);
            }
        }
        String host = pod.status().hostIP();
        if (!host.isEmpty() && Addresses.parse(host).isEmpty()) {
            errors.invalid(STATUS.child("hostIP"), host, AddressRules.NO_ADDRESS);
        }
    }

    /** {@code ValidateEndpointSlice}: a slice is of one kind of address, which all must be. */
    private static void slice(EndpointSlice slice, FieldErrors errors) {
        FieldPath type = FieldPath.of("addressType");
        if (slice.addressType().isEmpty()) {
            errors.required(type, "");
            return;
        }
        if (!ADDRESS_TYPES.contains(slice.addressType())) {
            errors.notSupported(type, slice.addressType(), ADDRESS_TYPES);
            return;
        }
        ports(slice.ports(), FieldPath.of("ports"), errors);
        for (int i = 0; i < slice.endpoints().size(); i++) {
            Endpoint endpoint = slice.endpoints().get(i);
            FieldPath addresses = FieldPath.of("endpoints").index(i).child("addresses");
            if (endpoint.addresses().isEmpty()) {
                errors.required(addresses, "must contain at least 1 address");
            }
            for (int k = 0; k < endpoint.addresses().size(); k++) {
                address(endpoint.addresses().get(k), slice.addressType(), addresses.index(k),
                        errors);
            }
        }
    }

    private static void address(String text, String type, FieldPath field, FieldErrors errors) {
        if (type.equals("FQDN")) {
            Names.dns1123Subdomain(text).forEach(wrong -> errors.invalid(field, text, wrong));
            return;
        }
        Optional<IpAddress> address = Addresses.parse(text);
        if (address.isEmpty() || !address.get().family().name().equals(type)) {
            errors.invalid(field, text, "must be a valid " + type + " address");
        } else {
            AddressRules.special(address.get(), text)
                    .ifPresent(wrong -> errors.invalid(field, text, wrong));
        }
    }

    /** {@code ValidateEndpoints}: a subset without any address says nothing. */
    private static void endpoints(Endpoints endpoints, FieldErrors errors) {
        for (int i = 0; i < endpoints.subsets().size(); i++) {
            Endpoints.Subset subset = endpoints.subsets().get(i);
            FieldPath path = FieldPath.of("subsets").index(i);
            if (subset.addresses().isEmpty() && subset.notReadyAddresses().isEmpty()) {
                errors.required(path, "must specify `addresses` or `notReadyAddresses`");
            }
            addresses(subset.addresses(), path.child("addresses"), errors);
            addresses(subset.notReadyAddresses(), path.child("notReadyAddresses"), errors);
            ports(subset.ports(), path.child("ports"), errors);
        }
    }

    private static void addresses(List<Endpoints.Address> addresses, FieldPath path,
            FieldErrors errors) {
        for (int i = 0; i < addresses.size(); i++) {
            String text = addresses.get(i).ip();
            FieldPath field = path.index(i).child("ip");
            Optional<IpAddress> address = Addresses.parse(text);
            if (address.isEmpty()) {
                errors.invalid(field, text, AddressRules.NO_ADDRESS);
            } else {
                AddressRules.special(address.get(), text)
                        .ifPresent(wrong -> errors.invalid(field, text, wrong));
            }
        }
    }

    private static void ports(List<EndpointPort> ports, FieldPath path, FieldErrors errors) {
        for (int i = 0; i < ports.size(); i++) {
            EndpointPort port = ports.get(i);
            FieldPath field = path.index(i);
            if (!port.name().isEmpty()) {
                Names.dns1123Label(port.name())
                        .forEach(wrong -> errors.invalid(field.child("name"), port.name(), wrong));
            }
            Integer number = port.port();
            if (number != null) {
                Names.portNumber(number)
                        .forEach(wrong -> errors.invalid(field.child("port"), number, wrong));
            }
            if (!PROTOCOLS.contains(port.protocol())) {
                errors.notSupported(field.child("protocol"), port.protocol(), PROTOCOLS);
            }
        }
    }
}
