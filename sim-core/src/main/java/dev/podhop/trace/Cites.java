package dev.podhop.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The evidence that goes with a reason, from its arguments: what a reason rests on is known where
 * it is written down, and stands beside it. Called only for a reason that is given.
 */
@FunctionalInterface
public interface Cites {

    /** A reason that is about the packet alone. */
    Cites NOTHING = arguments -> List.of();

    List<Evidence> of(Map<String, String> arguments);

    /** Always the same. */
    static Cites all(Evidence... evidence) {
        List<Evidence> list = List.of(evidence);
        return arguments -> list;
    }

    /** A field of the Service that the argument {@code service} names, {@code default/web}. */
    static Cites service(String path) {
        return arguments -> service(arguments.getOrDefault("service", ""), path);
    }

    /** The port of that Service with the number at the end of an argument. */
    static Cites servicePort(String argument) {
        return arguments -> service(arguments.getOrDefault("service", ""),
                "spec.ports[port=" + port(arguments.getOrDefault(argument, "")) + "]");
    }

    /**
     * A field of the Service of that qualified name, be it with a port's; nothing where it names
     * none.
     */
    static List<Evidence> service(String qualified, String path) {
        int slash = qualified.indexOf('/');
        return slash < 0 ? List.of()
                : List.of(new Evidence.Field("service", qualified.substring(0, slash),
                        qualified.substring(slash + 1).replaceFirst(":.*", ""), path));
    }

    /** Whoever has the address in an argument, {@code 10.0.0.11:30080} or without a port. */
    static Cites holder(String argument) {
        return arguments -> {
            String address = address(arguments.getOrDefault(argument, ""));
            return address.isEmpty() ? List.of() : List.of(new Evidence.Holder(address));
        };
    }

    /** A setting of the Scenario, for all. */
    static Cites setting(String path) {
        return all(new Evidence.Setting(path, ""));
    }

    /** One sysctl of IPv4 or of IPv6, by the address in an argument. */
    static Cites sysctl(String argument, String four, String six) {
        return arguments -> List.of(new Evidence.Sysctl(
                address(arguments.getOrDefault(argument, "")).contains(":") ? six : four));
    }

    /** These, and then others. */
    default Cites and(Cites more) {
        return arguments -> {
            List<Evidence> both = new ArrayList<>(of(arguments));
            both.addAll(more.of(arguments));
            return both;
        };
    }

    /** The address in {@code 10.0.0.11:30080}, {@code [fd00::1]:80} or {@code fd00::1}. */
    static String address(String endpoint) {
        if (endpoint.startsWith("[")) {
            return endpoint.substring(1, endpoint.indexOf(']'));
        }
        int colon = endpoint.indexOf(':');
        return colon < 0 || colon != endpoint.lastIndexOf(':') ? endpoint
                : endpoint.substring(0, colon);
    }

    private static String port(String endpoint) {
        return endpoint.substring(endpoint.lastIndexOf(':') + 1);
    }
}
