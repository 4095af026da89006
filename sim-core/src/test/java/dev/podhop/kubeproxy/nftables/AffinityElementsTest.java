package dev.podhop.kubeproxy.nftables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.IpAddress;
import dev.podhop.netstack.netfilter.RecentLists;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AffinityElementsTest {

    private static final long MILLI = 1_000_000;

    /** Two clients of a set of three hours: one came at once, one after 61.5 s. */
    @ParameterizedTest(name = "Linux {0}, after {1} ms")
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "''             | 61500    | 10.0.0.9 expires 2h58m58s500ms, 10.0.0.10 expires 3h",
        "6.18.44        | 62000    | 10.0.0.9 expires 2h58m58s, 10.0.0.10 expires 2h59m59s500ms",
        "6.12.0         | 10800000 | 10.0.0.10 expires 1m1s500ms",
        "6.1.0-13-amd64 | 61500    | 10.0.0.9 timeout 3h expires 2h58m58s500ms,"
                + " 10.0.0.10 timeout 3h expires 3h",
        "''             | 10861499 | 10.0.0.10 expires 1ms", "'' | 10861500 | -"})
    void asNftListsThem(String kernel, long millis, String elements) {
        RecentLists recent = new RecentLists();
        recent.set("set", IpAddress.of("10.0.0.10"), 61_500 * MILLI);
        recent.set("set", IpAddress.of("10.0.0.9"), 0);

        assertThat(new AffinityElements(recent, millis * MILLI, kernel).of("set", 10_800))
                .isEqualTo(elements == null ? List.of()
                        : List.of(elements.split(", ")));
    }
}
