package dev.podhop.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;

class EnumeratingChooserTest {

    private final EnumeratingChooser chooser = new EnumeratingChooser();

    /** The load balancer picks one of three nodes; only the client's own loops. */
    @Test
    void aLoopOnTheOwnNodeHasExactlyOneThird() {
        assertThat(odds(c -> c.uniform(1, 7, 0, 3) == 0 ? "loop" : "ok"))
                .containsEntry("loop", new BigFraction(1, 3))
                .containsEntry("ok", new BigFraction(2, 3))
                .hasSize(2);
    }

    /** Another experiment may follow one that was not enumerated to its end. */
    @Test
    void anEnumerationThatIsGivenUpLeavesNothingBehind() {
        chooser.restart();
        chooser.uniform(1, 7, 0, 3);
        assertThat(chooser.nextPath()).isTrue();

        chooser.startOver();

        assertThat(odds(c -> c.uniform(2, 8, 0, 2) == 0 ? "heads" : "tails")).hasSize(2)
                .containsEntry("heads", new BigFraction(1, 2));
    }

    /** kube-proxy's chain: 1/3, else 1/2, else the last. */
    @Test
    void aChainOfStatisticRulesIsUniform() {
        Function<Chooser, String> chain =
                c -> {
                    if (c.chance(1, 7, 0, 1, 3)) {
                        return "first";
                    }
                    return c.chance(2, 7, 1, 1, 2) ? "second" : "third";
                };

        assertThat(odds(chain))
                .containsOnly(
                        Map.entry("first", new BigFraction(1, 3)),
                        Map.entry("second", new BigFraction(1, 3)),
                        Map.entry("third", new BigFraction(1, 3)));
    }

    @Test
    void pathsOfUnequalLengthAddUpToOne() {
        Map<String, BigFraction> odds =
                odds(
                        c -> {
                            String way = "";
                            for (int draw = 0; draw < 5 && c.chance(1, 7, draw, 1, 7); draw++) {
                                way += "lost ";
                            }
                            return way + c.weighted(2, 7, 9, new int[] {0, 2, 0, 5}, 4);
                        });

        assertThat(odds).hasSize(12);
        assertThat(odds.get("lost lost 3")).isEqualTo(new BigFraction(6 * 5, 7 * 7 * 7 * 7));
        assertThat(odds.values().stream().reduce(BigFraction::add)).contains(BigFraction.ONE);
    }

    @Test
    void whatIsCertainMakesNoBranch() {
        assertThat(
                odds(
                        c -> c.uniform(1, 7, 0, 1)
                                + " "
                                + c.weighted(1, 7, 1, new int[] {0, 4, 0}, 3)
                                + c.chance(1, 7, 2, 0, 9)
                                + c.chance(1, 7, 3, 9, 9)
                                + (c.free(1, 7, 4, 100) < 100)))
                .containsOnly(Map.entry("0 1falsetruetrue", BigFraction.ONE));
        assertThat(chooser.path()).isEmpty();
    }

    @Test
    void thePathTellsWhoChoseWhat() {
        chooser.restart();
        chooser.uniform(1, 7, 0, 3);
        chooser.weighted(2, 7, 1, new int[] {0, 1, 3}, 3);
        chooser.nextPath();
        chooser.uniform(1, 7, 0, 3);
        chooser.weighted(2, 7, 1, new int[] {0, 1, 3}, 3);

        assertThat(chooser.path())
                .containsExactly(
                        new Choice(1, 7, 0, 0, 3, 1, 3), new Choice(2, 7, 1, 2, 3, 3, 4));
        assertThat(chooser.probability()).isEqualTo(new BigFraction(1, 4));
    }

    @Test
    void theSamePathCanBeRunAgain() {
        chooser.uniform(1, 7, 0, 3);
        chooser.nextPath();
        for (int i = 0; i < 3; i++) {
            chooser.restart();
            assertThat(chooser.uniform(1, 7, 0, 3)).isEqualTo(1);
        }
    }

    @Test
    void anExperimentThatChangesBetweenRunsIsRefused() {
        chooser.uniform(1, 7, 0, 3);
        chooser.uniform(1, 7, 1, 3);
        chooser.nextPath();

        assertThatThrownBy(() -> chooser.uniform(1, 8, 0, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not deterministic");
    }

    @Test
    void aNameDrawnTwiceIsRefused() {
        chooser.uniform(1, 7, 0, 3);

        assertThatThrownBy(() -> chooser.uniform(1, 7, 0, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("drawn twice");
    }

    private Map<String, BigFraction> odds(Function<Chooser, String> experiment) {
        Map<String, BigFraction> odds = new LinkedHashMap<>();
        do {
            chooser.restart();
            odds.merge(experiment.apply(chooser), chooser.probability(), BigFraction::add);
        } while (chooser.nextPath());
        return odds;
    }
}
