package dev.podhop.k8s.store;

import static dev.podhop.k8s.TestManifests.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.engine.Delay;
import dev.podhop.engine.SimTime;
import dev.podhop.engine.Simulation;
import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ObjectKey;
import dev.podhop.k8s.admission.Admission;
import dev.podhop.k8s.source.Problems;
import dev.podhop.net.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WatchesTest {

    private static final Delay DELAY = new Delay(2 * SimTime.MILLISECOND,
            10 * SimTime.MILLISECOND);

    private final Simulation simulation = new Simulation();
    private final ApiStore store =
            new ApiStore(new Admission(List.of(Cidr.of("10.96.0.0/12")), 34));
    private final Watches watches = new Watches(store, simulation, 7, DELAY);
    private final List<String> heard = new ArrayList<>();

    private void watch(String watcher, ApiKind... kinds) {
        watches.watch(watcher, Set.of(kinds), event -> heard.add(
                watcher + " " + event.key().name() + " " + simulation.nowNanos()));
    }

    private void node(String name) {
        Problems problems = new Problems();
        store.apply(parse("{apiVersion: v1, kind: Node, metadata: {name: " + name + "}}")
                .getFirst(), problems);
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void whileSettlingNobodyLags() {
        watch("a", ApiKind.NODE);

        node("n1");

        assertThat(heard).containsExactly("a n1 0");
    }

    @Test
    void everyWatcherHearsInOrderAfterALagOfItsOwn() {
        watch("a", ApiKind.NODE);
        watch("b", ApiKind.NODE);
        watch("c", ApiKind.SERVICE);
        watches.start();

        for (int i = 0; i < 50; i++) {
            node("n" + i);
        }
        simulation.run();

        List<String> a = heard.stream().filter(line -> line.startsWith("a ")).toList();
        List<String> b = heard.stream().filter(line -> line.startsWith("b ")).toList();
        assertThat(a).hasSize(50).extracting(line -> line.split(" ")[1])
                .startsWith("n0", "n1", "n2").endsWith("n48", "n49");
        assertThat(a.getFirst().split(" ")[2]).isNotEqualTo(b.getFirst().split(" ")[2]);
        assertThat(heard).hasSize(100).allSatisfy(line -> assertThat(
                Long.parseLong(line.split(" ")[2]))
                .isBetween(DELAY.leastNanos(), DELAY.mostNanos()));
    }

    /** A node's agents watch their own Node only. */
    @Test
    void aWatchOfOneObjectHearsOfNoOther() {
        watches.watch("a", new ObjectKey(ApiKind.NODE, "", "n2"),
                event -> heard.add(event.key().name()));
        watches.start();

        node("n1");
        node("n2");
        simulation.run();

        assertThat(heard).containsExactly("n2");
    }
}
