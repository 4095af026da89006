package dev.podhop.viz.recording;

import dev.podhop.k8s.ApiKind;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.RuleMatch;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The lines of the scenario's file that a step rests on: those that hold the very values which its
 * reason names, and those that hold the setting which its code is about. A look-up in a text, no
 * judgement: where the file does not say it, there is none.
 */
public final class Sources {

    /** Beginnings of codes, and the setting that each is about. */
    private static final Map<String, List<String>> SETTINGS = settings();
    /** An address, with or without a port. */
    private static final Pattern ADDRESS =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::(\\d+))?");
    private static final int MOST_LINES = 3;

    private final LoadedScenario scenario;
    private final List<String> lines;

    /**
     * A line of the file.
     *
     * @param number from 1
     * @param about what is found there: {@code service/web}, {@code 10.244.1.22}, {@code rp_filter}
     */
    public record Line(int number, String about) {}

    Sources(LoadedScenario scenario, String text) {
        this.scenario = scenario;
        this.lines = text.lines().toList();
    }

    private static Map<String, List<String>> settings() {
        Map<String, List<String>> settings = new LinkedHashMap<>();
        settings.put("net.source.", List.of("rp_filter"));
        settings.put("net.route.not-forwarding", List.of("ip_forward"));
        settings.put("net.bridge.no-hairpin", List.of("hairpinMode"));
        settings.put("net.bridge.dnated", List.of("bridge-nf-call-iptables"));
        settings.put("net.icmp.ratelimited", List.of("icmp_ratelimit"));
        settings.put("kubeproxy.external.", List.of("externalTrafficPolicy"));
        settings.put("kubeproxy.drop.local-policy", List.of("TrafficPolicy"));
        settings.put("kubeproxy.source-range", List.of("loadBalancerSourceRanges"));
        settings.put("kubeproxy.service.nodeport", List.of("nodePort"));
        settings.put("kubeproxy.service.loadbalancer", List.of("ipMode"));
        settings.put("kubeproxy.mark.masq.all", List.of("masqueradeAll"));
        settings.put("kubeproxy.mark.masq.off-cluster", List.of("clusterCIDR"));
        settings.put("kubeproxy.endpoint.affinity", List.of("sessionAffinity"));
        settings.put("lb.", List.of("backends", "clientIP", "loopAvoidance", "scheduler"));
        settings.put("cni.ipmasq", List.of("ipMasq"));
        return settings;
    }

    /** The file, line by line. */
    public List<String> lines() {
        return lines;
    }

    /** The lines behind a step, in the order of the file, each once. */
    public List<Line> of(Step step) {
        Map<Integer, Line> found = new LinkedHashMap<>();
        if (!(step instanceof Step.Entry) && !(step instanceof Step.Conntrack)) {
            add(found, step.why());
            if (step instanceof Step.RuleWalk walk) {
                walk.rules().stream().map(RuleMatch::why).forEach(why -> add(found, why));
            }
        }
        return found.values().stream()
                .sorted((a, b) -> Integer.compare(a.number(), b.number())).toList();
    }

    private void add(Map<Integer, Line> found, Explanation why) {
        why.arguments().forEach((name, value) -> {
            if (name.equals("service")) {
                object(value).forEach(line -> found.putIfAbsent(line.number(), line));
            }
            if (!name.equals("source") && ADDRESS.matcher(value).matches()) {
                String address = ADDRESS.matcher(value).replaceFirst("$1");
                containing(address).forEach(line -> found.putIfAbsent(line.number(), line));
            }
        });
        SETTINGS.forEach((code, keys) -> {
            if (why.code().startsWith(code)) {
                keys.forEach(key -> containing(key)
                        .forEach(line -> found.putIfAbsent(line.number(), line)));
            }
        });
    }

    /** Where the file begins to speak of a Service. */
    private List<Line> object(String qualified) {
        return scenario.objects().stream().filter(each -> each.kind() == ApiKind.SERVICE)
                .filter(each -> qualified.equals(
                        each.metadata().namespace() + "/" + each.metadata().name()))
                .map(each -> new Line(each.source().location().line(),
                        "service/" + each.metadata().name()))
                .toList();
    }

    /** Lines with a word of the file's own, comments aside. */
    private List<Line> containing(String word) {
        Pattern whole = Pattern.compile("(?<![\\w.])[\\w.]*" + Pattern.quote(word)
                + "(?![\\w.])");
        List<Line> found = new ArrayList<>();
        for (int i = 0; i < lines.size() && found.size() < MOST_LINES; i++) {
            String line = lines.get(i);
            if (!line.strip().startsWith("#") && whole.matcher(line).find()) {
                found.add(new Line(i + 1, word));
            }
        }
        return found;
    }
}
