package dev.podhop.benchmarks.ratio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.benchmarks.ratio.Measurements.Measured;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTableTest {

    private final Cell ours = Cell.time("A.op", "n", 10, "kind", "OURS");
    private final Cell large = Cell.time("A.op", "n", 99, "kind", "OURS");
    private final Cell peer = Cell.time("A.op", "n", 10, "kind", "PEER");
    private final Measurements measurements = new Measurements();

    @Test
    void eachRowIsJudgedByItsOwnSense() {
        put(ours, 20, 0);
        put(large, 30, 0.004);
        put(peer, 90, 32);
        List<Row> rows =
                List.of(
                        Row.faster("goal reached", ours, peer, 2.5, 4.5),
                        Row.faster("floor held", ours, peer, 2.5, 10),
                        Row.faster("too slow", ours, peer, 5, 10),
                        Row.growth("grows", ours, large, 1.6, 1.2),
                        Row.growth("grows too much", ours, large, 1.4, 1.2),
                        Row.allocates("garbage", large, 0.1, 0.001),
                        Row.allocates("too much garbage", peer, 0.1, 0));

        String table = MarkdownTable.of(rows, measurements, JmhRun.Length.QUICK);

        assertThat(table)
                .contains(
                        """
                        | goal reached | 4.5x | >= 2.5x | >= 4.5x | goal |
                        | floor held | 4.5x | >= 2.5x | >= 10x | floor |
                        | too slow | 4.5x | >= 5x | >= 10x | **below floor** |
                        | grows | 1.5x | <= 1.6x | <= 1.2x | floor |
                        | grows too much | 1.5x | <= 1.4x | <= 1.2x | **below floor** |
                        | garbage | 0.004 | <= 0.1 | <= 0.001 | floor |
                        | too much garbage | 32 | <= 0.1 | <= 0 | **below floor** |
                        """)
                .contains(
                        """
                        | A.op | kind=OURS, n=10 | 20 | 21 | 0 |
                        | A.op | kind=OURS, n=99 | 30 | 31 | 0.004 |
                        | A.op | kind=PEER, n=10 | 90 | 91 | 32 |
                        """);
    }

    @Test
    void aRowWithoutItsMeasurementIsAnError() {
        assertThatThrownBy(() -> measurements.valueOf(Row.growth("g", ours, large, 1, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("not measured: Cell[benchmark=A.op");
    }

    @ParameterizedTest
    @CsvSource({"1234.5, 1235", "100, 100", "26.04, 26", "3.456, 3.46", "0.00004, 0", "2.5, 2.5"})
    void numbersHaveThreeDigits(double value, String text) {
        assertThat(MarkdownTable.number(value)).isEqualTo(text);
    }

    /** Names are what a filter picks rows by, and what readers quote. */
    @Test
    void thePromisesHaveDifferentNamesAndFloorsNoHarderThanGoals() {
        List<Row> rows = Promises.all();

        assertThat(rows.stream().map(Row::name).collect(Collectors.toSet())).hasSameSizeAs(rows);
        assertThat(rows).allSatisfy(row -> assertThat(row.holds(row.goal())).isTrue());
    }

    private void put(Cell cell, double nanos, double bytes) {
        measurements.put(cell, new Measured(nanos, nanos + 1));
        measurements.put(cell.allocation(), new Measured(bytes, bytes));
    }
}
