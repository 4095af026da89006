package dev.podhop.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.IpAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which nodes a load balancer binds, what backends weigh, which addresses a cloud gives away. */
class SelectionTest {

    private static final Map<String, String> WORKER = Map.of("role", "worker", "zone", "a");

    /** {@code kubectl -l}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"''|true", "role=worker|true", "role==worker|true",
        "role=master|false", "role!=master|true", "role!=worker|false", "gpu!=yes|true",
        "zone|true",
        "gpu|false", "!gpu|true", "!zone|false", "zone in (a,b)|true", "zone in ( b , c )|false",
        "zone notin (b)|true", "gpu notin (x)|true", "gpu in (x)|false",
        "role=worker,zone in (a,b)|true", "role=worker,zone in (b,c),!gpu|false",
        "zone notin (a,b),role=worker|false"})
    void aSelectorPicksNodes(String selector, boolean selected) {
        Targeting targeting = new Targeting(selector, Targeting.LocalNodes.ALL,
                Targeting.NodeWeights.EQUAL, "");

        assertThat(targeting.selects(WORKER)).isEqualTo(selected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"''|7", "{\"defaultWeight\": 3}|3", "{\"defaultWeight\": 0}|0",
                "{\"groups\": []}|7", "no json at: all: {|7"})
    void aBackendThatNobodyNamesHasTheDefaultWeight(String json, int weight) {
        assertThat(new TargetWeights(json, 7).ofDefault()).isEqualTo(weight);
    }

    @Test
    void addressesAreGivenOnceAndByKind() {
        VipPool pool = new VipPool();
        pool.take(IpAddress.of("198.51.100.11"));
        IpAddress inside = pool.next(Access.Kind.INTERNAL);

        assertThat(pool.next(Access.Kind.PUBLIC)).hasToString("198.51.100.10");
        assertThat(pool.next(Access.Kind.PUBLIC)).hasToString("198.51.100.12");
        assertThat(inside).hasToString("192.0.2.10");
        assertThat(VipPool.isInternal(inside)).isTrue();
        assertThat(VipPool.isInternal(IpAddress.of("198.51.100.10"))).isFalse();
    }
}
