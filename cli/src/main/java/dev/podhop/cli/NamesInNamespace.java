package dev.podhop.cli;

import dev.podhop.cli.live.Kubectl;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names as kubectl's users write them, {@code service/web:80}, become names as Podhop's files do,
 * {@code service/shop/web:80}: a name that says no namespace is looked for in the one asked for, or
 * else in the context's. The context is asked only when there is such a name.
 */
final class NamesInNamespace implements UnaryOperator<String> {

    private static final Set<String> NAMESPACED =
            Set.of("pod", "service", "deployment", "statefulset", "daemonset");
    /** Kind and name, with what may follow a name: a port, {@code @vip}, a setting's path. */
    private static final Pattern NAME = Pattern.compile("([a-z]+)/([^/]+)");
    private static final List<String> CONTEXTS_OWN =
            List.of("config", "view", "--minify", "-o", "jsonpath={..namespace}");

    private final Kubectl kubectl;
    private @Nullable String namespace;

    NamesInNamespace(Kubectl kubectl, String namespace) {
        this.kubectl = kubectl;
        this.namespace = namespace.isEmpty() ? null : namespace;
    }

    @Override
    public String apply(String word) {
        Matcher name = NAME.matcher(word);
        if (!name.matches() || !NAMESPACED.contains(name.group(1))) {
            return word;
        }
        String within = namespace();
        return within.equals("default") ? word
                : name.group(1) + "/" + within + "/" + name.group(2);
    }

    private String namespace() {
        if (namespace == null) {
            String out = kubectl.run(CONTEXTS_OWN).out().strip();
            namespace = out.isEmpty() ? "default" : out;
        }
        return namespace;
    }
}
