package dev.podhop.scenario.load;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.KubeProxyConfiguration;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.source.Problems;
import dev.podhop.k8s.source.YamlNode;
import dev.podhop.k8s.source.YamlNode.Mapping;
import dev.podhop.k8s.source.YamlNode.Scalar;
import dev.podhop.k8s.source.YamlNode.Sequence;
import dev.podhop.kubeproxy.ProxyNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What kube-proxies call themselves, from their configuration and from the flags of their pods or
 * DaemonSet. The flag counts beside {@code --config} as well ({@code processHostnameOverrideFlag}),
 * and the name is taken in small letters, without space ({@code nodeutil.GetHostname}).
 */
final class ProxyNamesGuess {

    private static final Pattern FLAG =
            Pattern.compile("--hostname-override(?:=|\\s+)[\"']?([^\\s\"']+)");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\(([A-Za-z_][A-Za-z0-9_]*)\\)"
            + "|\\$\\{?([A-Za-z_][A-Za-z0-9_]*)}?");

    private final List<ApiObject> objects;
    private final Map<String, String> byNode = new TreeMap<>();
    private String everywhere = "";
    private String where = "";

    private ProxyNamesGuess(List<ApiObject> objects) {
        this.objects = objects;
    }

    static ProxyNames of(KubeProxyConfiguration configuration, List<ApiObject> objects,
            Problems problems) {
        ProxyNamesGuess guess = new ProxyNamesGuess(objects);
        guess.read(configuration);
        guess.tell(problems);
        return guess.everywhere.isEmpty() && guess.byNode.isEmpty() ? ProxyNames.OWN
                : new ProxyNames(guess.everywhere, guess.byNode);
    }

    private void read(KubeProxyConfiguration configuration) {
        String configured = configuration.source().text("hostnameOverride");
        if (configured != null && !configured.isBlank()) {
            everywhere = canonical(configured);
            where = configuration.source().location() + ": hostnameOverride";
        }
        for (ApiObject object : objects) {
            if (object.metadata().namespace().equals("kube-system")
                    && object.metadata().name().startsWith("kube-proxy")) {
                read(object);
            }
        }
    }

    private void read(ApiObject object) {
        Mapping spec = mapping(object.source(), "spec");
        boolean template = spec.get("template") instanceof Mapping;
        Mapping pod = template ? mapping(mapping(spec, "template"), "spec") : spec;
        for (Mapping container : mappings(pod, "containers")) {
            Matcher flag = FLAG.matcher(words(container));
            if (!flag.find()) {
                continue;
            }
            Optional<String> name = value(flag.group(1), container);
            String node = spec.text("nodeName");
            if (template && name.isPresent()) {
                everywhere = canonical(name.get());
                where = object.place() + ": --hostname-override";
            } else if (template) {
                everywhere = "";
            } else if (node != null) {
                byNode.put(node, name.map(ProxyNamesGuess::canonical).orElse(node));
                where = object.place() + ": --hostname-override";
            }
        }
    }

    /** A flag's value; empty where a variable stands for the Node's own name, or is unknown. */
    private static Optional<String> value(String text, Mapping container) {
        Matcher variable = VARIABLE.matcher(text);
        if (!variable.find()) {
            return Optional.of(text);
        }
        String name = variable.group(1) == null ? variable.group(2) : variable.group(1);
        return mappings(container, "env").stream().filter(env -> name.equals(env.text("name")))
                .flatMap(env -> Optional.ofNullable(env.text("value")).stream())
                .map(value -> text.replace(variable.group(), value)).findFirst();
    }

    /** Told once: of what follows nothing looks like its cause. */
    private void tell(Problems problems) {
        Set<String> nodes = objects.stream().filter(Node.class::isInstance)
                .map(node -> node.metadata().name()).collect(Collectors.toSet());
        List<String> strange = new ArrayList<>();
        if (!everywhere.isEmpty()) {
            strange.add(everywhere);
        }
        byNode.values().stream().filter(name -> !nodes.contains(name)).forEach(strange::add);
        String named = strange.stream().distinct().map(name -> "\"" + name + "\"")
                .collect(Collectors.joining(", "));
        if (!strange.isEmpty() && strange.stream().noneMatch(nodes::contains)) {
            problems.warn(where + ": kube-proxy calls itself " + named + ", which no Node is"
                    + " called: to it no endpoint is local, so that policy Local drops everything"
                    + " and health check node ports answer 503");
        } else if (!strange.isEmpty() && nodes.size() > 1) {
            problems.warn(where + ": kube-proxy calls itself " + named + " on every node: to it the"
                    + " endpoints of that Node are local everywhere");
        }
    }

    private static String canonical(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static String words(Mapping container) {
        List<String> words = new ArrayList<>();
        for (String key : List.of("command", "args")) {
            if (container.get(key) instanceof Sequence list) {
                list.items().stream().filter(Scalar.class::isInstance)
                        .forEach(word -> words.add(((Scalar) word).text()));
            }
        }
        return String.join(" ", words);
    }

    private static Mapping mapping(Mapping parent, String key) {
        YamlNode node = parent.get(key);
        return node instanceof Mapping inner ? inner : new Mapping(parent.location(), List.of());
    }

    private static List<Mapping> mappings(Mapping parent, String key) {
        return parent.get(key) instanceof Sequence list
                ? list.items().stream().filter(Mapping.class::isInstance)
                        .map(Mapping.class::cast).toList()
                : List.of();
    }
}
