package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.DumpedKubeProxy;
import dev.podhop.k8s.ObjectMeta;
import dev.podhop.k8s.source.Location;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Entry;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Settings laid over a file's documents before anything reads them, so that a changed file passes
 * the same checks as a written one. A setting's key is one of
 *
 * <ul>
 * <li>{@code kubeProxy.FIELD}: of the KubeProxyConfiguration, which is added where there is none
 * <li>{@code KIND/NAME.FIELD}, {@code KIND/NS/NAME.FIELD}: of an object; {@code spec.} may be left
 * out
 * <li>{@code KIND/NAME=null}: takes the object out; a slice that its controller keeps is then
 * written anew
 * <li>{@code FIELD}: below {@code spec} of the Scenario: {@code loadBalancer.clientIP}; without
 * one, of what is guessed in its place
 * </ul>
 */
public final class Overrides {

    /** Changes nothing. */
    public static final Overrides NONE = new Overrides(List.of());

    private static final String PROXY_KIND = "KubeProxyConfiguration";
    private static final String PROXY_VERSION = "kubeproxy.config.k8s.io/v1alpha1";

    private final List<Setting> settings;

    private Overrides(List<Setting> settings) {
        this.settings = settings;
    }

    /** Reads settings, {@code KEY=VALUE} each; what cannot be read is a problem. */
    public static Overrides of(List<String> texts, Problems problems) {
        return new Overrides(texts.stream().map(text -> Setting.of(text, problems))
                .flatMap(Optional::stream).toList());
    }

    /** These settings, and then others. */
    Overrides and(Overrides others) {
        List<Setting> all = new ArrayList<>(settings);
        all.addAll(others.settings);
        return new Overrides(all);
    }

    /** The documents with all settings in place; a setting that meets nothing is a problem. */
    List<Mapping> apply(List<Mapping> documents, Problems problems) {
        List<Mapping> changed = documents;
        for (Setting setting : settings) {
            if (setting.isOfScenario()) {
                changed = change(changed, FileTree::isScenario, setting, setting.inSpec(),
                        problems).orElse(changed);
            } else if (setting.key().startsWith(Setting.PROXY_PREFIX)) {
                changed = setProxy(changed, setting, problems);
            } else {
                changed = setObject(changed, setting, problems);
            }
        }
        return changed;
    }

    /** What is meant for a Scenario, for files that have none. */
    List<Setting> ofScenario() {
        return settings.stream().filter(Setting::isOfScenario).toList();
    }

    private static List<Mapping> setProxy(List<Mapping> documents, Setting setting,
            Problems problems) {
        List<String> path = Setting.steps(setting.key().substring(Setting.PROXY_PREFIX.length()));
        return change(documents, document -> PROXY_KIND.equals(document.text("kind")), setting,
                path, problems).orElseGet(() -> {
                    List<Mapping> more = new ArrayList<>(documents);
                    more.add(setting.applyTo(DumpedKubeProxy.find(flat(documents), new Problems())
                            .orElseGet(() -> newProxy(setting.location())), path, problems));
                    return more;
                });
    }

    private static Mapping newProxy(Location where) {
        return new Mapping(where, List.of(entry(where, "apiVersion", PROXY_VERSION),
                entry(where, "kind", PROXY_KIND)));
    }

    private static Entry entry(Location where, String key, String value) {
        return new Entry(key, where, new Scalar(where, value, Scalar.Kind.STRING, false));
    }

    private static List<Mapping> setObject(List<Mapping> documents, Setting setting,
            Problems problems) {
        Set<String> known = new LinkedHashSet<>();
        for (Mapping document : flat(documents)) {
            for (String name : names(document)) {
                known.add(name);
                if (setting.removes() && spelt(setting.key()).equals(name)) {
                    return without(documents, document);
                }
                if (spelt(setting.key()).startsWith(name + ".")) {
                    String field = spelt(setting.key()).substring(name.length() + 1);
                    List<String> path = inSpec(document, Setting.steps(field));
                    return ManagedSlices.without(
                            change(documents, document::equals, setting, path, problems)
                                    .orElse(documents),
                            document);
                }
            }
        }
        int end = setting.key().indexOf('.', setting.key().lastIndexOf('/'));
        String meant = end < 0 ? setting.key() : setting.key().substring(0, end);
        problems.misspelt(setting.location(), setting.key(),
                "found \"" + meant + "\", expected the KIND/NAME of an object in the file, and a"
                        + " field",
                spelt(meant), known);
        return documents;
    }

    private static List<Mapping> without(List<Mapping> documents, Mapping object) {
        return documents.stream().filter(document -> !document.equals(object))
                .map(document -> document.get("items") instanceof Sequence items
                        && items.items().stream().anyMatch(object::equals)
                                ? document.with("items", new Sequence(items.location(),
                                        items.items().stream().filter(item -> !item.equals(object))
                                                .toList()))
                                : document)
                .toList();
    }

    /** {@code svc/web.x} as {@code service/web.x}. */
    private static String spelt(String key) {
        int slash = key.indexOf('/');
        return ApiKind.ofWord(key.substring(0, slash))
                .map(kind -> kind.singular() + key.substring(slash)).orElse(key);
    }

    private static List<String> inSpec(Mapping document, List<String> steps) {
        boolean top = steps.isEmpty() || document.get(steps.getFirst()) != null
                || List.of("metadata", "spec", "status").contains(steps.getFirst());
        if (top || document.get("spec") == null) {
            return steps;
        }
        List<String> path = new ArrayList<>(List.of("spec"));
        path.addAll(steps);
        return path;
    }

    /** How a setting may call the object. */
    private static List<String> names(Mapping document) {
        String kind = document.text("kind");
        if (kind == null || FileTree.isScenario(document)
                || !(document.get("metadata") instanceof Mapping meta)
                || meta.text("name") == null) {
            return List.of();
        }
        String singular = ApiKind.ofWord(kind).map(ApiKind::singular).orElse(kind);
        String written = meta.text("namespace");
        String namespace = written == null ? ObjectMeta.DEFAULT_NAMESPACE : written;
        String qualified = singular + "/" + namespace + "/" + meta.text("name");
        return namespace.equals(ObjectMeta.DEFAULT_NAMESPACE)
                ? List.of(singular + "/" + meta.text("name"), qualified)
                : List.of(qualified);
    }

    /** The documents, lists opened. */
    private static List<Mapping> flat(List<Mapping> documents) {
        List<Mapping> flat = new ArrayList<>();
        for (Mapping document : documents) {
            if (document.get("items") instanceof Sequence items) {
                flat.addAll(flat(items.items().stream().filter(Mapping.class::isInstance)
                        .map(Mapping.class::cast).toList()));
            } else {
                flat.add(document);
            }
        }
        return flat;
    }

    /** The documents with the first one that is meant changed; empty where none is. */
    private static Optional<List<Mapping>> change(List<Mapping> documents,
            Predicate<Mapping> meant, Setting setting, List<String> path,
            Problems problems) {
        for (int i = 0; i < documents.size(); i++) {
            Mapping document = documents.get(i);
            Optional<Mapping> changed = Optional.empty();
            if (meant.test(document)) {
                changed = Optional.of(setting.applyTo(document, path, problems));
            } else if (document.get("items") instanceof Sequence items
                    && items.items().stream().allMatch(Mapping.class::isInstance)) {
                changed = change(items.items().stream().map(Mapping.class::cast).toList(), meant,
                        setting, path, problems).map(
                                inside -> document.with("items",
                                        new Sequence(items.location(),
                                                List.<YamlNode>copyOf(inside))));
            }
            if (changed.isPresent()) {
                List<Mapping> result = new ArrayList<>(documents);
                result.set(i, changed.get());
                return Optional.of(result);
            }
        }
        return Optional.empty();
    }
}
