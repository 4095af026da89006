package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.ConfigMap;
import dev.podhop.k8s.Manifests;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.net.Cidr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a dump says outright which addresses Services have: in the ServiceCIDR objects of
 * Kubernetes 1.33 (KEP-1880), as a flag of kube-apiserver where that runs as a pod, or in kubeadm's
 * own configuration.
 *
 * @param ranges at most one of each family; empty where nothing says it
 * @param origin who says so
 */
record ServiceRanges(List<Cidr> ranges, String origin) {

    private static final Pattern FLAG = Pattern.compile("--service-cluster-ip-range=(\\S+)");
    private static final Pattern SUBNET = Pattern.compile("(?m)^ *serviceSubnet: *(\\S+)");

    static Optional<ServiceRanges> stated(Manifests manifests) {
        return Stream.<Supplier<Optional<ServiceRanges>>>of(() -> byObject(manifests),
                () -> byFlag(manifests), () -> byKubeadm(manifests)).map(Supplier::get)
                .flatMap(Optional::stream).findFirst();
    }

    /** The one made from kube-apiserver's flag; further ones come and go beside it. */
    private static Optional<ServiceRanges> byObject(Manifests manifests) {
        return manifests.ignored().stream()
                .filter(document -> "ServiceCIDR".equals(document.text("kind"))
                        && document.get("metadata") instanceof Mapping meta
                        && "kubernetes".equals(meta.text("name")))
                .map(document -> document.get("spec") instanceof Mapping spec
                        && spec.get("cidrs") instanceof Sequence cidrs
                                ? of(texts(cidrs), "the ServiceCIDR kubernetes")
                                : Optional.<ServiceRanges>empty())
                .flatMap(Optional::stream).findFirst();
    }

    private static Optional<ServiceRanges> byFlag(Manifests manifests) {
        return objects(manifests, Pod.class)
                .filter(pod -> pod.metadata().namespace().equals("kube-system")
                        && pod.metadata().name().startsWith("kube-apiserver"))
                .map(pod -> of(ranges(FLAG, words(pod)), pod.key() + " is started with it"))
                .flatMap(Optional::stream).findFirst();
    }

    private static Optional<ServiceRanges> byKubeadm(Manifests manifests) {
        return objects(manifests, ConfigMap.class)
                .filter(map -> map.metadata().name().equals("kubeadm-config"))
                .map(map -> of(ranges(SUBNET, map.data().values().stream().toList()),
                        map.key() + " has it"))
                .flatMap(Optional::stream).findFirst();
    }

    private static Optional<ServiceRanges> of(List<String> texts, String origin) {
        List<Cidr> ranges = texts.stream().map(Cidr::parse).flatMap(Optional::stream).toList();
        return ranges.isEmpty() ? Optional.empty()
                : Optional.of(new ServiceRanges(ranges, origin));
    }

    /** What the pattern's group holds in the first text that has it, a list with commas. */
    private static List<String> ranges(Pattern pattern, List<String> texts) {
        return texts.stream().map(pattern::matcher).filter(Matcher::find)
                .map(matcher -> Arrays.asList(matcher.group(1).replace("\"", "").split(",")))
                .findFirst().orElse(List.of());
    }

    /** A pod's command lines, word by word. */
    private static List<String> words(Pod pod) {
        List<String> words = new ArrayList<>();
        if (pod.source().get("spec") instanceof Mapping spec
                && spec.get("containers") instanceof Sequence containers) {
            for (YamlNode item : containers.items()) {
                for (String key : List.of("command", "args")) {
                    if (item instanceof Mapping container
                            && container.get(key) instanceof Sequence list) {
                        words.addAll(texts(list));
                    }
                }
            }
        }
        return words;
    }

    private static List<String> texts(Sequence list) {
        return list.items().stream().filter(Scalar.class::isInstance)
                .map(item -> ((Scalar) item).text()).toList();
    }

    private static <T extends ApiObject> Stream<T> objects(Manifests manifests, Class<T> kind) {
        return manifests.objects().stream().filter(kind::isInstance).map(kind::cast);
    }
}
