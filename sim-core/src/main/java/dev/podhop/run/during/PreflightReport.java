package dev.podhop.run.during;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout of a workload loses, and with what settings it loses nothing.
 *
 * @param target {@code deployment/shop/web}
 * @param today with the settings that the file has
 * @param tried the smaller settings that were tried and lose something, in the order of trying
 * @param found the smallest that lose nothing; null where none of those tried does
 * @param calls attempts of each replication, of all flows
 */
public record PreflightReport(String target, int replications, int calls, Row today,
        List<Row> tried, @Nullable Row found) {

    public PreflightReport {
        tried = List.copyOf(tried);
    }

    /**
     * Settings of a workload's pods, in seconds.
     *
     * @param preStop how long a container waits before it is told to end
     * @param grace {@code terminationGracePeriodSeconds}
     * @param minReady {@code minReadySeconds}
     */
    public record Settings(long preStop, long grace, long minReady) {}

    /**
     * What settings lose.
     *
     * @param losses by flow: {@code service/shop/web:80 from pod/shop/client}
     * @param options the settings as {@code --set} takes them; empty for the file's own
     */
    public record Row(Settings settings, Map<String, Losses> losses, List<String> options) {

        public Row {
            options = List.copyOf(options);
        }

        public boolean isLossless() {
            return losses.values().stream().allMatch(Losses::isLossless);
        }
    }
}
