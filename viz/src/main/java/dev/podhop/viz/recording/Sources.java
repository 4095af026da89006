package dev.podhop.viz.recording;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lines of the files that a step rests on. Which field a reason is about follows from its
 * code; where the field stands, from the places that sim-core's readers keep with each field. A
 * field that was patched or set since is found where that was written.
 */
public final class Sources {

    private final FileRows rows;
    private final KubeProxySources kubeProxy;
    private final NetworkSources network;

    /**
     * A line that a step rests on.
     *
     * @param row among all rows, from 0
     * @param file its name, without folders
     * @param number of the line in its file, from 1
     * @param about what stands there: {@code pod/web-1}, {@code externalTrafficPolicy}
     * @param absent whether that is only where it would stand: the field is left to its default
     */
    public record Line(int row, String file, int number, String about, boolean absent) {}

    Sources(LoadedScenario scenario, FileRows rows, String text, List<StateChange> changes) {
        this.rows = rows;
        Written written = new Written(scenario, rows, text);
        Owners owners = new Owners(scenario, written, changes);
        this.kubeProxy = new KubeProxySources(written, owners);
        this.network = new NetworkSources(written, owners);
    }

    /** All files that the run was made of. */
    public FileRows rows() {
        return rows;
    }

    /** The lines behind a step of a hop, in the order of the files, each once. */
    public List<Line> of(Hop hop, Step step) {
        List<Line> found = new ArrayList<>(about(hop, step, step.why()));
        if (step instanceof Step.RuleWalk walk) {
            for (RuleMatch rule : walk.rules()) {
                found.addAll(about(hop, step, rule.why()));
            }
        }
        Map<Integer, Line> once = new LinkedHashMap<>();
        found.stream().sorted(Comparator.comparing(Line::absent).thenComparingInt(Line::row))
                .forEachOrdered(line -> once.putIfAbsent(line.row(), line));
        return once.values().stream().sorted(Comparator.comparingInt(Line::row)).toList();
    }

    private List<Line> about(Hop hop, Step step, Explanation why) {
        String code = why.code();
        Question question = new Question(hop, step, why);
        if (code.startsWith("kubeproxy.")) {
            return present(kubeProxy.of(question));
        }
        return present(code.startsWith("lb.") ? kubeProxy.ofBalancer(question)
                : network.of(question));
    }

    private static List<Line> present(List<Optional<Line>> lines) {
        return lines.stream().flatMap(Optional::stream).toList();
    }

    /** A reason, and when and where it was one. */
    record Question(Hop hop, Step step, Explanation why) {

        String code() {
            return why.code();
        }

        long atNanos() {
            return hop.timeNanos();
        }

        /** An argument of the reason; empty where it has none of that name. */
        String argument(String name) {
            return why.arguments().getOrDefault(name, "");
        }

        /** The Service that it names. */
        ObjectKey service() {
            String name = argument("service");
            int slash = name.indexOf('/');
            return new ObjectKey(ApiKind.SERVICE, name.substring(0, Math.max(0, slash)),
                    name.substring(slash + 1));
        }

        /** The address in an argument like {@code 10.0.0.11:30080} or {@code [fd00::1]:80}. */
        String address(String name) {
            String text = argument(name);
            if (text.startsWith("[")) {
                return text.substring(1, text.indexOf(']'));
            }
            int colon = text.indexOf(':');
            return colon < 0 || colon != text.lastIndexOf(':') ? text
                    : text.substring(0, colon);
        }

        /** The port in such an argument. */
        String port(String name) {
            return argument(name).substring(argument(name).lastIndexOf(':') + 1);
        }
    }
}
