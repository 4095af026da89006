package dev.podhop.run;

import dev.podhop.k8s.EndpointSlice;
import dev.podhop.run.stage.Stage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes of a node's dump, each of which something is to be said of. */
final class PlantedRule {

    private static final Pattern OWN = Pattern.compile(
            "-A (KUBE-(?!PROXY-CANARY)\\S+|\\S+ .*-j KUBE-)\\b.*|-a -[tu] .*|add KUBE-\\S+ .*");
    private static final Pattern FOREIGN = Pattern.compile("^(table (?!ip6? kube-proxy)).*");

    private final List<String> lines;
    private final Stage stage;
    private final String node;

    /** A dump with a change, and words of which one truth must have all. */
    record Change(String what, String text, List<String> names) {
        boolean isNamedBy(String truth) {
            return names.stream().allMatch(truth::contains);
        }
    }

    PlantedRule(String text, Stage stage, String node) {
        this.lines = text.lines().toList();
        this.stage = stage;
        this.node = node;
    }

    /** One change of each kind that the dump can have. */
    List<Change> any(Random random) {
        List<Change> changes = new ArrayList<>();
        lessOne(random, changes);
        lessAnEndpoint(random, changes);
        withADrop(random, changes);
        return changes;
    }

    /** A rule of kube-proxy's own is gone. */
    private void lessOne(Random random, List<Change> changes) {
        List<Integer> own = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean nft = line.matches("\t\t[a-z].*") && !line.matches(
                    "\t\t(type|comment|elements|flags|size|timeout|policy) .*");
            if (OWN.matcher(line).matches() && !isTwice(line) || nft && isProxysTable(i)) {
                own.add(i);
            }
        }
        if (!own.isEmpty()) {
            int gone = own.get(random.nextInt(own.size()));
            List<String> less = new ArrayList<>(lines);
            less.remove(gone);
            changes.add(new Change("without " + lines.get(gone).strip(), joined(less),
                    List.of()));
        }
    }

    private boolean isTwice(String line) {
        return lines.stream().filter(line::equals).count() > 1;
    }

    private boolean isProxysTable(int line) {
        for (int i = line; i >= 0; i--) {
            if (lines.get(i).startsWith("table ")) {
                return !FOREIGN.matcher(lines.get(i)).matches();
            }
        }
        return false;
    }

    /** An endpoint is gone wherever it stood, as a kube-proxy has it that has not heard of it. */
    private void lessAnEndpoint(Random random, List<Change> changes) {
        Set<String> endpoints = new LinkedHashSet<>();
        Pattern at = Pattern.compile(
                "(?:--to-destination|dnat to| -r) (\\S+)");
        Set<String> all = new LinkedHashSet<>();
        lines.forEach(line -> {
            Matcher matcher = at.matcher(line);
            while (matcher.find()) {
                all.add(matcher.group(1));
            }
        });
        boolean hostPort = lines.stream().anyMatch(line -> line.contains("CNI-DN"));
        if (!hostPort && all.stream().noneMatch(e -> isNft())) {
            endpoints.addAll(all);
        }
        if (!endpoints.isEmpty()) {
            String gone = List.copyOf(endpoints).get(random.nextInt(endpoints.size()));
            List<String> chains = lines.stream()
                    .filter(line -> line.endsWith("--to-destination " + gone))
                    .map(line -> line.split(" ")[1]).toList();
            changes.add(new Change("without endpoint " + gone, joined(lines.stream()
                    .filter(line -> chains.stream().noneMatch(line::contains)
                            && !line.contains(" -r " + gone + " "))
                    .toList()), List.of("BEHIND", "endpoint-missing", gone)));
        }
    }

    private boolean isNft() {
        return lines.stream().anyMatch(line -> line.startsWith("table "));
    }

    /** Somebody drops what is for an endpoint of this node. */
    private void withADrop(Random random, List<Change> changes) {
        List<String> here = stage.controlPlane().pods().stream()
                .filter(pod -> pod.spec().nodeName().equals(node) && !pod.spec().hostNetwork())
                .flatMap(pod -> pod.status().podIPs().stream())
                .filter(ip -> !ip.contains(":") && isEndpoint(ip)).toList();
        int filter = lines.indexOf("*filter");
        // whom a policy guards, and where nothing or all is let through, no drop is to be told
        boolean policies = lines.stream().anyMatch(line -> line.contains("-j POLICY")
                || line.startsWith(":FORWARD DROP") || line.contains("policy drop;"));
        boolean calls = stage.controlPlane().pods().stream().anyMatch(
                pod -> !pod.spec().hostNetwork() && pod.status().podIPs().stream()
                        .anyMatch(ip -> !ip.contains(":") && !here.contains(ip)));
        if (here.isEmpty() || policies || !calls) {
            return;
        }
        String ip = here.get(random.nextInt(here.size()));
        if (isNft()) {
            changes.add(new Change("drop in nft", joined(lines) + """
                    table inet guard {
                    \tchain forward {
                    \t\ttype filter hook forward priority filter; policy accept;
                    \t\tct state established,related accept
                    \t\tip daddr %s counter packets 0 bytes 0 drop
                    \t}
                    }
                    """.formatted(ip), List.of("FOREIGN_RULE", ip, "guard")));
        } else if (filter >= 0 && lines.stream().noneMatch(line -> line.startsWith("# ipvsadm"))) {
            int first = filter;
            while (!lines.get(first).startsWith("-A FORWARD ")) {
                first++;
            }
            int count = 0;
            while (lines.get(first + count).startsWith("-A FORWARD ")) {
                count++;
            }
            String rule = "-A FORWARD -d " + ip + "/32 -p tcp -j "
                    + (random.nextBoolean() ? "DROP" : "REJECT");
            int at = first + random.nextInt(count + 1);
            List<String> more = new ArrayList<>(lines);
            more.add(at, rule);
            changes.add(new Change(rule, joined(more),
                    List.of("FOREIGN_RULE", rule.substring("-A FORWARD ".length()))));
        }
    }

    /** Of a TCP port, ready. */
    private boolean isEndpoint(String ip) {
        return stage.controlPlane().store().list(EndpointSlice.class).stream()
                .filter(slice -> slice.ports().stream()
                        .anyMatch(port -> port.protocol().equals("TCP")))
                .flatMap(slice -> slice.endpoints().stream())
                .anyMatch(e -> e.isReady() && e.addresses().contains(ip));
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
