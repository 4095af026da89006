package dev.podhop.viz.recording;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.scenario.Event;
import dev.podhop.trace.Place;
import dev.podhop.viz.recording.Sources.Line;
import dev.podhop.viz.recording.Sources.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What stands behind the kernel's decisions: addresses, routes, sysctls, and what failed. */
final class NetworkSources {

    private static final String NETWORK = "network";
    private static final String DEFAULT_ROUTE = "default via ";

    private final Written written;
    private final Owners owners;

    NetworkSources(Written written, Owners owners) {
        this.written = written;
        this.owners = owners;
    }

    List<Optional<Line>> of(Question asked) {
        return switch (asked.code()) {
            case "net.source.ok", "net.source.strict", "net.source.loose",
                    "net.source.unrouted" -> rpFilter(asked);
            case "net.route.local" -> List.of(
                    owners.of(asked.argument("destination"), asked.atNanos()));
            case "net.route.forward", "net.route.output", "net.route.rerouted",
                    "net.route.pinned" -> List.of(route(asked));
            case "net.route.blackhole" -> List.of(
                    written.spec("serviceCIDR", NETWORK, "serviceCIDR"));
            case "net.route.not-forwarding" -> List.of(sysctl(asked, "net.ipv4.ip_forward"));
            case "net.bridge.dnated", "net.bridge.dnat-routed" -> List.of(
                    sysctl(asked, "net.bridge.bridge-nf-call-iptables"));
            case "net.bridge.no-hairpin", "net.bridge.promiscuous" -> List.of(
                    written.spec("hairpinMode", NETWORK, "hairpinMode"));
            case "net.icmp.ratelimited" -> List.of(sysctl(asked, "net.ipv4.icmp_ratelimit"));
            case "net.ct.table-full" -> List.of(
                    sysctl(asked, "net.netfilter.nf_conntrack_max"),
                    written.kubeProxy("maxPerCore", Fields.key("conntrack", "maxPerCore")));
            case "net.no-socket.reset", "net.no-socket.unreachable" -> noSocket(asked);
            case "net.neighbour.failed" -> gone(asked);
            case "net.link.down" -> List.of(written.event(asked.atNanos(), "fail",
                    event -> event instanceof Event.Fail fail
                            && concerns(fail.target().toString(), asked.hop().place())));
            case "net.link.lost", "net.mtu.too-big" -> List.of(written.event(asked.atNanos(),
                    "impair", event -> event instanceof Event.Impair impair
                            && concerns(impair.target().toString(), asked.hop().place())));
            case "dns.answered", "dns.answered.cache", "dns.answered.no-data" -> List.of(
                    named(asked));
            case "cni.ipmasq" -> List.of(written.spec("ipMasq", NETWORK, "ipMasq"));
            default -> List.of();
        };
    }

    /** {@code node/n1}, {@code link/node/n1}. */
    private static boolean concerns(String target, Place place) {
        return target.equals(place.label()) || target.equals("link/" + place.label());
    }

    private List<Optional<Line>> rpFilter(Question asked) {
        return Stream.of("all", asked.argument("device"), "default").distinct()
                .map(device -> sysctl(asked, "net.ipv4.conf." + device + ".rp_filter"))
                .filter(Optional::isPresent).limit(1).toList();
    }

    /** Where a sysctl of the place was set last; nowhere where it is the kernel's default. */
    private Optional<Line> sysctl(Question asked, String name) {
        Place place = asked.hop().place();
        boolean pod = place.kind() == Place.Kind.POD;
        Optional<Line> set = written.event(asked.atNanos(), name,
                event -> event instanceof Event.Sysctl sysctl
                        && (sysctl.target() == null
                                || sysctl.target().toString().equals(place.label()))
                        && (pod && sysctl.target() == null ? sysctl.values().pods()
                                : sysctl.values().nodes()).containsKey(name));
        return set.or(() -> pod ? written.spec(name, NETWORK, "sysctls", "pods", name)
                : written.spec(name, NETWORK, "sysctls", name));
    }

    /** A route is there for the prefix of a node's pods, for a pod, or for the gateway. */
    private Optional<Line> route(Question asked) {
        String route = asked.argument("route");
        if (route.startsWith(DEFAULT_ROUTE)) {
            Place place = asked.hop().place();
            return place.kind() == Place.Kind.POD ? owners.podRangeOf(place.node(),
                    asked.atNanos()) : written.spec("gateway", NETWORK, "gateway");
        }
        String prefix = route.substring(0, Math.max(0, route.indexOf(' ')));
        return owners.podRange(prefix, asked.atNanos())
                .or(() -> owners.of(prefix.replaceFirst("/(32|128)$", ""), asked.atNanos()));
    }

    /** Its process was stopped, or its containers say where they listen. */
    private List<Optional<Line>> noSocket(Question asked) {
        Place place = asked.hop().place();
        if (place.kind() != Place.Kind.POD) {
            return List.of();
        }
        Optional<Line> stopped = written.event(asked.atNanos(), "stop",
                event -> event instanceof Event.Stop stop
                        && stop.pod().toString().equals(place.label()));
        String name = place.name();
        int slash = name.indexOf('/');
        ObjectKey pod = new ObjectKey(ApiKind.POD,
                slash < 0 ? "default" : name.substring(0, slash), name.substring(slash + 1));
        return List.of(stopped.or(() -> written.field(pod, asked.atNanos(), "containers", false,
                Fields.key("spec", "containers"))));
    }

    /** A name of a Service: {@code web.default.svc.cluster.local}. */
    private Optional<Line> named(Question asked) {
        String[] labels = asked.argument("name").split("\\.");
        if (labels.length < 3 || !labels[2].equals("svc")) {
            return Optional.empty();
        }
        ObjectKey service = new ObjectKey(ApiKind.SERVICE, labels[1], labels[0]);
        return written.field(service, asked.atNanos(), service.toString(), false,
                Fields.key("metadata", "name"));
    }

    /** Who had the address, was deleted or killed. */
    private List<Optional<Line>> gone(Question asked) {
        return owners.podAt(asked.argument("address"), asked.atNanos())
                .map(pod -> List.of(written.event(asked.atNanos(), pod.toString(),
                        event -> event instanceof Event.Delete delete
                                && delete.target().equals(pod)
                                || event instanceof Event.Kill kill
                                        && kill.pod().equals(pod))))
                .orElse(List.of());
    }
}
