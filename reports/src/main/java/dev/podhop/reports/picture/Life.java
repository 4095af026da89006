package dev.podhop.reports.picture;

import dev.podhop.engine.SimTime;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.StateChange.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is alive at a time, from the recorded changes alone: a pure function of time, so that it
 * holds backwards too.
 */
public final class Life {

    private static final Set<Kind> TOLD = EnumSet.of(Kind.POD, Kind.PROCESS, Kind.NODE,
            Kind.ENDPOINTS, Kind.LOAD_BALANCER);

    private final Journal journal;
    private final List<StateChange> told;
    private final Map<String, Long> births = new TreeMap<>();
    private final Map<String, NavigableSet<Long>> deaths = new TreeMap<>();
    /** By node: when a sync was over, and of what moment its rules are. */
    private final Map<String, TreeMap<Long, Long>> syncs = new TreeMap<>();
    /** When what kube-proxy writes rules of has changed. */
    private final TreeSet<Long> news = new TreeSet<>();
    private final Set<String> varying = new TreeSet<>();
    private final Set<String> members = new TreeSet<>();
    /** Nodes that are told of, and those that are ever not well. */
    private final Set<String> nodes = new TreeSet<>();
    private final Set<String> unwell = new TreeSet<>();
    private @Nullable Now last;

    /** How far a pod is. */
    public enum Stage {
        /** Not made yet. */
        UNBORN,
        /** Made, and no container of it runs. */
        STARTING,
        /** Runs, and its readiness probe has not passed. */
        NOT_READY,
        READY,
        /** Deleted, within its grace period. */
        TERMINATING,
        GONE
    }

    /**
     * A pod.
     *
     * @param running whether a process of it runs, for all that the API knows
     */
    public record PodLife(Stage stage, boolean running) {
        static final PodLife WELL = new PodLife(Stage.READY, true);
    }

    /** A Service that lists an address. */
    public record Member(String service, boolean ready, boolean terminating) {}

    /** A target of a load balancer's listener. */
    public record Target(String name, boolean healthy) {}

    /**
     * A node.
     *
     * @param behind whether its kube-proxy has not written rules of the latest endpoints yet
     */
    public record NodeLife(boolean ready, boolean schedulable, boolean behind) {
        static final NodeLife WELL = new NodeLife(true, true, false);
    }

    /**
     * All at one time.
     *
     * @param pods by label
     * @param members by address
     * @param targets by load balancer's name and address
     * @param nodes by name
     */
    public record Now(Map<String, PodLife> pods, Map<String, List<Member>> members,
            Map<String, List<Target>> targets, Map<String, NodeLife> nodes) {

        /** A pod that nobody told of was always there. */
        public PodLife pod(String label) {
            return pods.getOrDefault(label, PodLife.WELL);
        }

        public List<Member> members(String address) {
            return members.getOrDefault(address, List.of());
        }

        /** Of a load balancer, over all its listeners, each target once a listener. */
        public List<Target> targets(String balancer) {
            return targets.entrySet().stream()
                    .filter(each -> each.getKey().startsWith(balancer + " "))
                    .flatMap(each -> each.getValue().stream()).toList();
        }

        public NodeLife node(String name) {
            return nodes.getOrDefault(name, NodeLife.WELL);
        }
    }

    /**
     * A life.
     *
     * @param changes in the order of their times
     * @param headless Services that kube-proxy writes no rules of, as changes name them
     */
    public Life(List<StateChange> changes, Set<String> headless) {
        told = changes.stream().filter(each -> TOLD.contains(each.kind())).toList();
        journal = new Journal(told);
        // A plan asks of every node, and many plans are tried: once, and not each time.
        told.stream().filter(each -> each.kind() == Kind.NODE).forEach(each -> {
            nodes.add(each.key());
            if (!node(each, false).equals(NodeLife.WELL)) {
                unwell.add(each.key());
            }
        });
        for (StateChange change : changes) {
            switch (change.kind()) {
                case POD -> pod(change);
                case PROCESS -> process(change);
                case ENDPOINTS -> endpoint(change, headless);
                case RULE_SYNC -> syncs.computeIfAbsent(change.where(), n -> new TreeMap<>())
                        .put(change.timeNanos(), change.timeNanos() - took(change));
                default -> {
                }
            }
        }
    }

    private static long took(StateChange sync) {
        String took = sync.value().get("took");
        return took == null ? 0 : SimTime.parseNanos(took);
    }

    private void pod(StateChange change) {
        births.putIfAbsent(change.key(), change.timeNanos());
        if (change.timeNanos() > 0 || stage(change) != Stage.READY) {
            varying.add(change.key());
        }
    }

    private void process(StateChange change) {
        String pod = podOf(change);
        varying.add(pod);
        if (change.removed()) {
            deaths.computeIfAbsent(pod, p -> new TreeSet<>()).add(change.timeNanos());
        }
    }

    private void endpoint(StateChange change, Set<String> headless) {
        String service = change.key().substring(0, change.key().lastIndexOf(' '));
        members.add(change.key().substring(change.key().lastIndexOf(' ') + 1));
        if (change.timeNanos() > 0 && !headless.contains(service)) {
            news.add(change.timeNanos());
        }
    }

    private static String podOf(StateChange process) {
        int space = process.key().lastIndexOf(' ');
        return space < 0 ? process.key() : process.key().substring(0, space);
    }

    /** Whether a pod is ever anything but ready, or a Service ever lists its address. */
    public boolean saysOf(String pod, String address) {
        return varying.contains(pod) || members.contains(address);
    }

    /** Whether anything is ever said of a node but that it is well. */
    public boolean saysOfNode(String name) {
        return !news.isEmpty() && !syncs.isEmpty() || unwell.contains(name);
    }

    /** Whether anything is ever said of any node. */
    public boolean saysOfNodes() {
        return nodes.stream().anyMatch(this::saysOfNode);
    }

    /** Whether anything is known of a load balancer's targets. */
    public boolean hasTargets(String balancer) {
        return told.stream().anyMatch(each -> each.kind() == Kind.LOAD_BALANCER
                && each.key().startsWith(balancer + " ")
                && each.value().containsKey("healthy"));
    }

    /** At a time; the same object as long as nothing changes. */
    public Now at(long timeNanos) {
        Now now = made(timeNanos);
        Now before = last;
        if (before != null && before.equals(now)) {
            return before;
        }
        last = now;
        return now;
    }

    private Now made(long timeNanos) {
        Map<String, PodLife> pods = new LinkedHashMap<>();
        births.forEach((pod, born) -> pods.put(pod, new PodLife(
                born > timeNanos ? Stage.UNBORN : Stage.GONE, false)));
        Map<String, List<Member>> members = new LinkedHashMap<>();
        Map<String, List<Target>> targets = new LinkedHashMap<>();
        Map<String, NodeLife> nodes = new LinkedHashMap<>();
        Set<String> processes = new TreeSet<>();
        syncs.keySet().forEach(node -> nodes.put(node,
                new NodeLife(true, true, isBehind(node, timeNanos))));
        List<StateChange> state = journal.at(timeNanos);
        state.stream().filter(each -> each.kind() == Kind.PROCESS)
                .forEach(each -> processes.add(podOf(each)));
        for (StateChange each : state) {
            switch (each.kind()) {
                case POD -> pods.put(each.key(), new PodLife(stage(each),
                        runs(each.key(), processes, timeNanos)));
                case ENDPOINTS -> {
                    int space = each.key().lastIndexOf(' ');
                    members.computeIfAbsent(each.key().substring(space + 1),
                            address -> new ArrayList<>())
                            .add(new Member(each.key().substring(0, space),
                                    is(each, "ready"), is(each, "terminating")));
                }
                case LOAD_BALANCER -> target(each, targets);
                case NODE -> nodes.put(each.key(), node(each,
                        isBehind(each.key(), timeNanos)));
                default -> {
                }
            }
        }
        return new Now(pods, members, targets, nodes);
    }

    /** Told to be gone, and not to have started again since. */
    private boolean runs(String pod, Set<String> processes, long timeNanos) {
        NavigableSet<Long> died = deaths.get(pod);
        return processes.contains(pod) || died == null || died.floor(timeNanos) == null;
    }

    private static void target(StateChange each, Map<String, List<Target>> targets) {
        int name = each.key().lastIndexOf(' ');
        if (name >= 0 && each.value().containsKey("healthy")) {
            targets.computeIfAbsent(each.key().substring(0, name), key -> new ArrayList<>())
                    .add(new Target(each.key().substring(name + 1), is(each, "healthy")));
        }
    }

    private static NodeLife node(StateChange each, boolean behind) {
        return new NodeLife(is(each, "ready"), is(each, "schedulable"), behind);
    }

    /** Whether endpoints changed since the moment that a node's rules in force are of. */
    private boolean isBehind(String node, long timeNanos) {
        Long latest = news.floor(timeNanos);
        if (latest == null || syncs.isEmpty()) {
            return false;
        }
        TreeMap<Long, Long> own = syncs.get(node);
        Map.Entry<Long, Long> sync = own == null ? null : own.floorEntry(timeNanos);
        return sync == null || sync.getValue() < latest;
    }

    private static Stage stage(StateChange pod) {
        String phase = pod.value().getOrDefault("phase", "");
        return pod.removed() || phase.equals("Succeeded") || phase.equals("Failed") ? Stage.GONE
                : is(pod, "terminating") ? Stage.TERMINATING
                : is(pod, "ready") ? Stage.READY
                : phase.equals("Running") ? Stage.NOT_READY
                : Stage.STARTING;
    }

    private static boolean is(StateChange change, String field) {
        return Boolean.parseBoolean(change.value().get(field));
    }
}
