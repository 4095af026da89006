package dev.podhop.netstack.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.L4Protocol;
import org.junit.jupiter.api.Test;

/**
 * Each scheduler's choice as its file of {@code net/netfilter/ipvs} has it. Servers are added in
 * the order 1, 2, 3; the kernel puts each at the head of its list, so that it reads 3, 2, 1.
 */
class SchedulersTest {

    private static final String A = "10.244.1.5";
    private static final String B = "10.244.2.7";

    private static Director tcp(IpvsScheduler scheduler) {
        return new Director(L4Protocol.TCP, scheduler).serves(1, 2, 3);
    }

    @Test
    void roundRobinGoesDownTheList() {
        assertThat(tcp(IpvsScheduler.RR).opened(A, 40_001, 7)).isEqualTo("3213213");
    }

    @Test
    void aServerThatGoesTakesNoTurnOfTheOthers() {
        Director udp = new Director(L4Protocol.UDP, IpvsScheduler.RR).serves(1, 2, 3);
        assertThat(udp.opened(A, 40_001, 2)).isEqualTo("32");
        // ip_vs_rr_del_dest: the one before it had the last turn
        udp.serves(1, 3);
        assertThat(udp.opened(A, 41_001, 3)).isEqualTo("131");
    }

    @Test
    void aNewServerIsNotNextButFirstOfTheNextRound() {
        Director rr = tcp(IpvsScheduler.RR);
        assertThat(rr.opened(A, 40_001, 1)).isEqualTo("3");
        rr.serves(1, 2, 3, 4);
        assertThat(rr.opened(A, 41_001, 4)).isEqualTo("2143");
    }

    @Test
    void weightedRoundRobinBeginsAnewWhenAServerComesOrGoes() {
        Director wrr = tcp(IpvsScheduler.WRR);
        assertThat(wrr.opened(A, 40_001, 4)).isEqualTo("3213");
        // ip_vs_wrr_dest_changed
        wrr.serves(1, 2, 3, 4);
        assertThat(wrr.opened(A, 41_001, 4)).isEqualTo("4321");
    }

    @Test
    void fewestConnectionsCountOpenOnesManyTimes() {
        Director lc = tcp(IpvsScheduler.LC);
        assertThat(lc.opened(A, 40_001, 3)).isEqualTo("321");
        // one that is over counts 1 where an open one counts 256
        lc.resets(A, 40_003);
        assertThat(lc.opened(A, 41_001, 2)).isEqualTo("23");
    }

    @Test
    void halfOpenConnectionsAreOpen() {
        // tcp_state_active_table: SYN_RECV is active since 4.8
        assertThat(tcp(IpvsScheduler.SED).opened(A, 40_001, 4)).isEqualTo("3213");
        assertThat(tcp(IpvsScheduler.NQ).opened(A, 40_001, 4)).isEqualTo("3213");
        assertThat(tcp(IpvsScheduler.WLC).opened(A, 40_001, 4)).isEqualTo("3213");
    }

    @Test
    void shortestDelayForgetsWhatIsOver() {
        Director sed = tcp(IpvsScheduler.SED);
        for (int port = 40_001; port < 40_009; port += 2) {
            assertThat(sed.next(A, port)).as("port " + port).isEqualTo("3");
            sed.resets(A, port);
        }
    }

    @Test
    void datagramsAreNeverActive() {
        Director sed = new Director(L4Protocol.UDP, IpvsScheduler.SED).serves(1, 2, 3);
        assertThat(sed.opened(A, 40_001, 3)).isEqualTo("333");
        Director lc = new Director(L4Protocol.UDP, IpvsScheduler.LC).serves(1, 2, 3);
        assertThat(lc.opened(A, 40_001, 4)).isEqualTo("3213");
    }

    @Test
    void aSourceHashHasOneServerForAClient() {
        // hash_32 of 10.244.1.1 to .10, 8 bits, less whole rounds of three: computed elsewhere
        int[] buckets = {235, 77, 175, 17, 115, 212, 54, 152, 250, 92};
        Director sh = tcp(IpvsScheduler.SH);
        for (int i = 0; i < buckets.length; i++) {
            String client = "10.244.1." + (i + 1);
            assertThat(sh.next(client, 40_001)).as(client)
                    .isEqualTo(String.valueOf(3 - buckets[i] % 3));
        }
    }

    @Test
    void aDestinationHashHasOneServerForAll() {
        // bucket 242 of 256
        Director dh = tcp(IpvsScheduler.DH);
        assertThat(dh.opened(A, 40_001, 3) + dh.opened(B, 40_001, 3)).isEqualTo("111111");
    }

    @Test
    void maglevHashesSourceAndPort() {
        // table and hash computed elsewhere, SipHash-1-3 among it
        assertThat(tcp(IpvsScheduler.MH).opened(A, 40_001, 10)).isEqualTo("2132213333");
    }

    @Test
    void hsiphashIsSipHashWithOneAndThreeRounds() {
        // hash() of these four bytes in CPython with PYTHONHASHSEED=0, the low half
        assertThat(Integer.toUnsignedLong(Maglev.hash(1, 0))).isEqualTo(3_279_646_864L);
        assertThat(Integer.toUnsignedLong(Maglev.hash(0x0af40105, 0))).isEqualTo(1_948_199_288L);
        assertThat(Integer.toUnsignedLong(Maglev.hash(0xdeadbeef, 0))).isEqualTo(2_231_075_411L);
    }

    @Test
    void whoHashesToAServerThatGoesFindsNobody() {
        Director mh = tcp(IpvsScheduler.MH);
        assertThat(mh.opened(A, 40_001, 10)).isEqualTo("2132213333");
        mh.serves(1, 2);
        // 3 has open connections: weight 0, and its places
        assertThat(mh.opened(A, 45_001, 40)).contains("-").doesNotContain("3");
        Director dh = tcp(IpvsScheduler.DH);
        assertThat(dh.opened(A, 40_001, 1)).isEqualTo("1");
        dh.serves(2, 3);
        assertThat(dh.next(A, 40_003)).isEqualTo("-");
    }

    @Test
    void localityStaysUntilItIsOverloadedAndSomeOtherIdle() {
        // is_overloaded: more than one open, and one without any
        assertThat(tcp(IpvsScheduler.LBLC).opened(A, 40_001, 8)).isEqualTo("33221111");
    }

    @Test
    void withReplicationTheSetGrows() {
        assertThat(tcp(IpvsScheduler.LBLCR).opened(A, 40_001, 8)).isEqualTo("33221112");
    }
}
