package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.Endpoint;
import dev.podhop.k8s.EndpointPort;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Endpoints;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.net.IpAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the API server demands of EndpointSlices and of the older Endpoints. */
final class EndpointValidation {

    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    private static final List<String> ADDRESS_TYPES = List.of("IPv4", "IPv6", "FQDN");
    private static final int MOST_ENDPOINTS = 1000;
    private static final int MOST_ADDRESSES = 100;
    private static final int MOST_ZONES = 8;

    private final FieldErrors errors;

    EndpointValidation(FieldErrors errors) {
        this.errors = errors;
    }

    /** {@code ValidateEndpointSlice}: a slice is of one kind of address, which all must be. */
    void slice(EndpointSlice slice) {
        FieldPath type = FieldPath.of("addressType");
        if (slice.addressType().isEmpty()) {
            errors.always().required(type, "");
        } else if (!ADDRESS_TYPES.contains(slice.addressType())) {
            errors.always().notSupported(type, slice.addressType(), ADDRESS_TYPES);
        }
        FieldPath endpoints = FieldPath.of("endpoints");
        if (slice.endpoints().size() > MOST_ENDPOINTS) {
            errors.tooMany(endpoints, slice.endpoints().size(), MOST_ENDPOINTS);
        } else {
            for (int i = 0; i < slice.endpoints().size(); i++) {
                endpoint(slice.endpoints().get(i), slice.addressType(), endpoints.index(i));
            }
        }
        ports(slice.ports(), FieldPath.of("ports"));
    }

    private void endpoint(Endpoint endpoint, String type, FieldPath path) {
        FieldPath addresses = path.child("addresses");
        if (endpoint.addresses().isEmpty()) {
            errors.required(addresses, "must contain at least 1 address");
        } else if (endpoint.addresses().size() > MOST_ADDRESSES) {
            errors.tooMany(addresses, endpoint.addresses().size(), MOST_ADDRESSES);
        }
        for (int i = 0; i < endpoint.addresses().size(); i++) {
            address(endpoint.addresses().get(i), type, addresses.index(i));
        }
        nodeName(endpoint.nodeName(), path.child("nodeName"));
        String hostname = endpoint.hostname();
        if (hostname != null) {
            NameRules.dns1123Label(hostname)
                    .forEach(wrong -> errors.invalid(path.child("hostname"), hostname, wrong));
        }
        zones(endpoint.hintedZones(), path.child("hints").child("forZones"));
    }

    private void zones(List<String> zones, FieldPath path) {
        if (zones.size() > MOST_ZONES) {
            errors.tooMany(path, zones.size(), MOST_ZONES);
            return;
        }
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < zones.size(); i++) {
            String zone = zones.get(i);
            FieldPath field = path.index(i).child("name");
            if (!seen.add(zone)) {
                errors.duplicate(field, FieldErrors.quote(zone));
            }
            NameRules.labelValue(zone).forEach(wrong -> errors.invalid(field, zone, wrong));
        }
    }

    private void address(String text, String type, FieldPath field) {
        switch (type) {
            case "FQDN" -> domain(text, field);
            case "IPv4", "IPv6" -> {
                Optional<IpAddress> address = Addresses.parse(text);
                if (!address.map(a -> a.family().name().equals(type)).orElse(false)) {
                    errors.always().invalid(field, text, "must be a valid " + type + " address");
                }
                special(text, field);
            }
            default -> {
            }
        }
    }

    /** {@code ValidateNonSpecialIP}. */
    private void special(String text, FieldPath field) {
        Optional<IpAddress> address = Addresses.parse(text);
        if (address.isEmpty()) {
            errors.always().invalid(field, text, "must be a valid IP address");
        } else {
            errors.address(field, field, text);
            AddressRules.special(address.get(), text)
                    .ifPresent(wrong -> errors.invalid(field, text, wrong));
        }
    }

    /** {@code IsFullyQualifiedDomainName}: a host alone is none; a dot at the end is allowed. */
    private void domain(String text, FieldPath field) {
        if (text.isEmpty()) {
            errors.required(field, "");
            return;
        }
        String name = text.replaceFirst("\\.$", "");
        List<String> wrong = NameRules.dns1123Subdomain(name);
        if (!wrong.isEmpty()) {
            errors.invalid(field, name, String.join(",", wrong));
        } else if (name.indexOf('.') < 0) {
            errors.invalid(field, name,
                    "should be a domain with at least two segments separated by dots");
        } else {
            List.of(name.split("\\.")).stream().filter(l -> !NameRules.dns1123Label(l).isEmpty())
                    .findFirst().ifPresent(label -> errors.invalid(field, label,
                            String.join(",", NameRules.dns1123Label(label))));
        }
    }

    /** {@code ValidateEndpoints}: a subset without any address says nothing. */
    void endpoints(Endpoints endpoints) {
        for (int i = 0; i < endpoints.subsets().size(); i++) {
            Endpoints.Subset subset = endpoints.subsets().get(i);
            FieldPath path = FieldPath.of("subsets").index(i);
            if (subset.addresses().isEmpty() && subset.notReadyAddresses().isEmpty()) {
                errors.required(path, "must specify `addresses` or `notReadyAddresses`");
            }
            addresses(subset.addresses(), path.child("addresses"));
            addresses(subset.notReadyAddresses(), path.child("notReadyAddresses"));
            FieldPath ports = path.child("ports");
            for (int k = 0; k < subset.ports().size(); k++) {
                EndpointPort port = subset.ports().get(k);
                if (subset.ports().size() > 1 && port.name().isEmpty()) {
                    errors.required(ports.index(k).child("name"), "");
                }
                port(port, ports.index(k));
            }
        }
    }

    private void addresses(List<Endpoints.Address> addresses, FieldPath path) {
        for (int i = 0; i < addresses.size(); i++) {
            Endpoints.Address address = addresses.get(i);
            FieldPath field = path.index(i);
            if (Addresses.parse(address.ip()).isEmpty()) {
                errors.address(field.child("ip"), field.child("ip"), address.ip());
            }
            if (!address.hostname().isEmpty()) {
                NameRules.dns1123Label(address.hostname()).forEach(wrong -> errors
                        .invalid(field.child("hostname"), address.hostname(), wrong));
            }
            nodeName(address.nodeName(), field.child("nodeName"));
            special(address.ip(), field.child("ip"));
        }
    }

    private void nodeName(@Nullable String name, FieldPath field) {
        if (name != null) {
            NameRules.dns1123Subdomain(name).forEach(wrong -> errors.invalid(field, name, wrong));
        }
    }

    private void ports(List<EndpointPort> ports, FieldPath path) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            EndpointPort port = ports.get(i);
            port(port, path.index(i));
            if (!names.add(port.name())) {
                errors.duplicate(path.index(i).child("name"), FieldErrors.quote(port.name()));
            }
        }
    }

    private void port(EndpointPort port, FieldPath field) {
        if (!port.name().isEmpty()) {
            NameRules.dns1123Label(port.name())
                    .forEach(wrong -> errors.invalid(field.child("name"), port.name(), wrong));
        }
        Integer number = port.port();
        if (number != null) {
            NameRules.portNumber(number)
                    .forEach(wrong -> errors.always().invalid(field.child("port"), number, wrong));
        }
        if (!PROTOCOLS.contains(port.protocol())) {
            errors.always().notSupported(field.child("protocol"), port.protocol(), PROTOCOLS);
        }
        String application = port.appProtocol();
        if (application != null) {
            NameRules.qualifiedName(application).forEach(
                    wrong -> errors.invalid(field.child("appProtocol"), application, wrong));
        }
    }
}
