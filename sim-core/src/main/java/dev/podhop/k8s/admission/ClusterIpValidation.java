package dev.podhop.k8s.admission;

import dev.podhop.k8s.Addresses;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.source.FieldPath;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the API server demands of a Service's addresses and families taken together
 * ({@code ValidateServiceClusterIPsRelatedFields}).
 */
final class ClusterIpValidation {

    private static final FieldPath ADDRESSES = ServiceValidation.SPEC.child("clusterIPs");
    private static final FieldPath FAMILIES = ServiceValidation.SPEC.child("ipFamilies");
    private static final FieldPath POLICY = ServiceValidation.SPEC.child("ipFamilyPolicy");
    private static final List<String> FAMILY_NAMES = List.of("IPv4", "IPv6");
    private static final List<String> POLICY_NAMES =
            List.of("SingleStack", "PreferDualStack", "RequireDualStack");

    private ClusterIpValidation() {}

    /**
     * Where to look for the cluster address of that index: alone, it mostly stands in the singular
     * field.
     */
    static FieldPath place(ServiceSpec spec, int index) {
        return spec.clusterIPs().size() == 1
                ? ServiceValidation.SPEC.child("clusterIP")
                : ADDRESSES.index(index);
    }

    static void validate(ServiceSpec spec, FieldErrors errors) {
        if (spec.isType(ServiceSpec.EXTERNAL_NAME)) {
            return;
        }
        List<String> addresses = spec.clusterIPs();
        synced(spec, errors);
        families(spec, errors);
        if (!wellFormed(spec, errors)) {
            return;
        }
        if (addresses.size() > 1 && !isDualStack(addresses)) {
            errors.invalidAt(ADDRESSES, ADDRESSES, FieldErrors.quote(addresses),
                    "may specify no more than one IP for each IP family");
        }
        if (!addresses.equals(List.of(ServiceSpec.NONE))) {
            int both = Math.min(addresses.size(), spec.ipFamilies().size());
            for (int i = 0; i < both; i++) {
                String wanted = spec.ipFamilies().get(i);
                String found = family(addresses.get(i)).map(IpFamily::name).orElse(wanted);
                if (FAMILY_NAMES.contains(wanted) && !wanted.equals(found)) {
                    errors.invalidAt(ADDRESSES.index(i), place(spec, i),
                            FieldErrors.quote(addresses.get(i)), "expected an " + wanted
                                    + " value as indicated by `ipFamilies[" + i + "]`");
                }
            }
        }
    }

    /**
     * The singular field is the first of the plural ones; older clients know only that (KEP-563).
     */
    private static void synced(ServiceSpec spec, FieldErrors errors) {
        List<String> addresses = spec.clusterIPs();
        if (spec.clusterIP().isEmpty()) {
            if (!addresses.isEmpty()) {
                errors.invalidAt(ADDRESSES, ADDRESSES, FieldErrors.quote(addresses),
                        "must be empty when `clusterIP` is not specified");
            }
        } else if (addresses.isEmpty()) {
            errors.required(ADDRESSES, "");
        } else if (!addresses.getFirst().equals(spec.clusterIP())) {
            errors.invalidAt(ADDRESSES, ADDRESSES, FieldErrors.quote(addresses),
                    "first value must match `clusterIP`");
        }
    }

    /** Each family once at most, so two at most; the policy is one of three. */
    private static void families(ServiceSpec spec, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < spec.ipFamilies().size(); i++) {
            String family = spec.ipFamilies().get(i);
            if (!FAMILY_NAMES.contains(family)) {
                errors.notSupported(FAMILIES.index(i), family, FAMILY_NAMES);
            }
            if (!seen.add(family)) {
                errors.duplicate(FAMILIES.index(i), FieldErrors.quote(family));
            }
        }
        String policy = spec.ipFamilyPolicy();
        if (policy != null && !POLICY_NAMES.contains(policy)) {
            errors.notSupported(POLICY, policy, POLICY_NAMES);
        }
    }

    /** Whether what follows may take every value for an address. */
    private static boolean wellFormed(ServiceSpec spec, FieldErrors errors) {
        List<String> addresses = spec.clusterIPs();
        boolean wellFormed = true;
        for (int i = 0; i < addresses.size(); i++) {
            String address = addresses.get(i);
            if (i == 0 && address.equals(ServiceSpec.NONE)) {
                if (addresses.size() > 1) {
                    wellFormed = false;
                    errors.invalidAt(ADDRESSES, ADDRESSES, FieldErrors.quote(addresses),
                            "'None' must be the first and only value");
                }
            } else if (!errors.address(ADDRESSES.index(i), place(spec, i), address)) {
                wellFormed = false;
            }
        }
        if (addresses.size() > 2) {
            errors.invalidAt(ADDRESSES, ADDRESSES, FieldErrors.quote(addresses),
                    "may only hold up to 2 values");
        }
        return wellFormed;
    }

    private static Optional<IpFamily> family(String address) {
        return Addresses.parse(address).map(IpAddress::family);
    }

    /** {@code IsDualStackIPStrings}: of each family one at least; a third is told of before. */
    private static boolean isDualStack(List<String> addresses) {
        return addresses.stream().map(ClusterIpValidation::family).distinct().count() == 2;
    }
}
