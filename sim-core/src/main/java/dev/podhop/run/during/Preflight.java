package dev.podhop.run.during;

import dev.podhop.k8s.Container;
import dev.podhop.k8s.ContainerAction;
import dev.podhop.k8s.Deployment;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.Replicated;
import dev.podhop.k8s.StatefulSet;
import dev.podhop.k8s.Workload;
import dev.podhop.run.during.PreflightReport.Row;
import dev.podhop.run.during.PreflightReport.Settings;
import dev.podhop.run.result.RunWatch;
import dev.podhop.run.result.UsageException;
import dev.podhop.scenario.Event;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.Send;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the smallest settings with which a rollout loses nothing: first how long a pod must
 * wait before it ends, then how long it may take, each from the smallest up. A setting that loses
 * nothing in all replications is taken; the interval says how sure that is.
 */
public final class Preflight {

    private static final long SECOND = 1_000_000_000L;
    private static final List<Long> WAITS = List.of(0L, 1L, 2L, 3L, 4L, 5L, 7L, 10L, 15L, 20L,
            30L, 45L, 60L, 90L, 120L, 180L);
    /** Beyond the wait. */
    private static final List<Long> GRACES = List.of(1L, 2L, 5L, 10L, 30L);
    private static final List<Long> MIN_READY = List.of(0L, 10L, 30L, 60L, 120L);
    private static final long USUAL_GRACE = 30;
    /** Starting a pod and following its endpoints takes less. */
    private static final long A_POD_SECONDS = 5;
    private static final long AFTER_SECONDS = 20;

    private final LoadedScenario scenario;
    private final RunWatch watch;
    private final Workload target;
    private final int replications;
    private final RolloutCalls calls;
    private final List<Row> tried = new ArrayList<>();

    /**
     * A search.
     *
     * @throws UsageException where the file has no such workload, or no Service of it
     */
    public Preflight(LoadedScenario scenario, RunWatch watch, ObjectKey target,
            int replications) {
        this.target = scenario.objects(Workload.class).filter(w -> w.key().equals(target))
                .findFirst().orElseThrow(() -> new UsageException("found no " + target
                        + ", expected one of " + scenario.objects(Workload.class)
                                .filter(w -> w.metadata().controller() == null)
                                .map(w -> w.key().toString()).toList()));
        this.calls = new RolloutCalls(scenario, this.target);
        this.scenario = calls.scenario();
        this.watch = watch;
        this.replications = replications;
    }

    /** Searches. */
    public PreflightReport report() {
        Settings own = own();
        Row today = new Row(own, losses(scenario, own), List.of());
        Row found = search();
        int attempts = today.losses().values().stream().mapToInt(Losses::attempts).sum();
        return new PreflightReport(calls.target(), replications, attempts, today, tried, found);
    }

    private @Nullable Row search() {
        for (long minReady : MIN_READY) {
            for (long wait : WAITS) {
                Row row = row(new Settings(wait, wait + USUAL_GRACE, minReady));
                if (row.isLossless()) {
                    return leastGrace(row);
                }
                tried.add(row);
                if (wait > 0 && !improves()) {
                    break; // waiting longer is not what it is for want of
                }
            }
        }
        return null;
    }

    /** Whether the last try was better than the one six before it. */
    private boolean improves() {
        int n = tried.size();
        return n < 7 || lost(tried.get(n - 1)) < lost(tried.get(n - 7));
    }

    private static int lost(Row row) {
        return row.losses().values().stream().mapToInt(Losses::total).sum();
    }

    private Row leastGrace(Row enough) {
        long wait = enough.settings().preStop();
        for (long more : GRACES) {
            Row row = row(new Settings(wait, wait + more, enough.settings().minReady()));
            if (row.isLossless()) {
                return row;
            }
            tried.add(row);
        }
        return enough;
    }

    private Row row(Settings settings) {
        List<String> options = calls.options(settings);
        LoadedScenario changed = scenario.set(options).map(calls::joined).orElseThrow(
                () -> new UsageException("the file does not pass its checks with " + options));
        return new Row(settings, losses(changed, settings), options);
    }

    private Map<String, Losses> losses(LoadedScenario of, Settings settings) {
        long pods = replicas();
        long seconds = pods * (A_POD_SECONDS + settings.minReady()) + settings.preStop()
                + AFTER_SECONDS;
        During during = new During(watch, replications, seconds * SECOND);
        List<Send> flows = calls.flows(during.callingNanos());
        return during.losses(of, new Event.Rollout(target.key()), flows);
    }

    private long replicas() {
        return switch (target) {
            case Deployment d -> Math.max(1, d.replicas());
            case StatefulSet s -> Math.max(1, s.replicas());
            case Replicated r -> Math.max(1, r.replicas());
            default -> scenario.objects(Node.class).count();
        };
    }

    /** The settings that the file has. */
    private Settings own() {
        long wait = target.template().spec().containers().stream().map(Container::preStop)
                .filter(ContainerAction.Sleep.class::isInstance)
                .mapToLong(action -> ((ContainerAction.Sleep) Objects.requireNonNull(action))
                        .seconds())
                .max().orElse(0);
        return new Settings(wait, target.template().spec().terminationGracePeriodSeconds(), 0);
    }
}
