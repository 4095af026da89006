package dev.podhop.netstack.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.IpAddress;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * xt_recent as its source has it: {@code ip_list_tot} is 100, the entry that was touched longest
 * ago makes room ({@code recent_entry_init}), and {@code --seconds} counts its last one
 * ({@code time_after(time, e->stamps[i])} is false for it).
 */
class RecentListsTest {

    private static final long SECOND = 1_000_000_000L;

    private final RecentLists lists = new RecentLists();

    private static IpAddress client(int number) {
        return IpAddress.of("10.1." + number / 250 + "." + (1 + number % 250));
    }

    private boolean remembers(int number) {
        return lists.check("sep", client(number), SECOND, SECOND);
    }

    @Test
    void aListHoldsAHundredAddresses() {
        for (int i = 0; i < 100; i++) {
            lists.set("sep", client(i), SECOND);
        }
        assertThat(remembers(0)).isTrue();
        assertThat(remembers(99)).isTrue();

        lists.set("sep", client(100), SECOND);

        assertThat(remembers(0)).as("the stalest made room").isFalse();
        assertThat(remembers(1)).isTrue();
        assertThat(remembers(100)).isTrue();
    }

    @Test
    void whoComesBackIsNotTheStalestAnyMore() {
        for (int i = 0; i < 100; i++) {
            lists.set("sep", client(i), SECOND);
        }
        lists.set("sep", client(0), SECOND);
        lists.set("sep", client(100), SECOND);

        assertThat(remembers(0)).isTrue();
        assertThat(remembers(1)).isFalse();
    }

    @Test
    void theLastMomentCounts() {
        lists.set("sep", client(1), SECOND);

        assertThat(lists.check("sep", client(1), 11 * SECOND, 10 * SECOND)).isTrue();
        assertThat(lists.check("sep", client(1), 11 * SECOND + 1, 10 * SECOND)).isFalse();
    }

    @Test
    void aListThatNoRuleNamesIsFreed() {
        lists.set("sep", client(1), SECOND);
        lists.retain(Set.of("other"));

        assertThat(remembers(1)).isFalse();
    }
}
