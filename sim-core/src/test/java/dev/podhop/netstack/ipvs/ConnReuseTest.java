package dev.podhop.netstack.ipvs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.Cidr;
import dev.podhop.net.L4Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ports that come round and servers that go. Servers are added 1, 2; the list reads 2, 1. What
 * comes for the entry of a port whose connection was reset: {@code -} nobody is there, {@code x}
 * dropped.
 */
class ConnReuseTest {

    private static final String CLIENT = "10.244.1.5";
    private static final int PORT = 40_001;

    private static Director node(String kernel, int mode) {
        Director node = new Director(L4Protocol.TCP, IpvsScheduler.RR).serves(1, 2);
        node.table.reuse(ConnReuse.ofKernel(kernel, mode));
        assertThat(node.next(CLIENT, PORT)).isEqualTo("2");
        node.resets(CLIENT, PORT);
        return node;
    }

    @ParameterizedTest(name = "{0}, conn_reuse_mode {1}")
    @CsvSource({
        // kernel, mode, port again, its server about to go, its server gone
        "4.19.0,       1, 2, 2, x",
        "5.8.18,       1, 2, 2, x",
        "5.10.0-30,    1, 1, 1, 1",
        "5.10.0-30,    0, 2, 2, 1",
        "5.15.0-91,    0, 2, 2, 1",
        "5.16.0,       0, 2, 1, 1",
        "6.1.0-18,     1, 1, 1, 1",
        "'',           1, 1, 1, 1"})
    void aPortComesRound(String kernel, int mode, String again, String aboutToGo, String gone) {
        assertThat(node(kernel, mode).next(CLIENT, PORT)).isEqualTo(again);

        Director quiesced = node(kernel, mode);
        quiesced.serves(1);
        assertThat(quiesced.servers()).isEqualTo("1:1 2:0");
        assertThat(quiesced.next(CLIENT, PORT)).isEqualTo(aboutToGo);

        Director datagrams = new Director(L4Protocol.UDP, IpvsScheduler.RR).serves(1, 2);
        datagrams.table.reuse(ConnReuse.ofKernel(kernel, mode));
        assertThat(datagrams.next(CLIENT, PORT)).isEqualTo("2");
        datagrams.serves(1);
        assertThat(datagrams.next(CLIENT, PORT)).isEqualTo(gone);
        // the packet that was dropped made room for the next
        assertThat(datagrams.next(CLIENT, PORT)).isEqualTo("1");
    }

    @Test
    void whatConntrackKnowsIsDroppedOnceAndThenGoesElsewhere() {
        Director udp = new Director(L4Protocol.UDP, IpvsScheduler.RR).serves(1, 2);
        assertThat(udp.next(CLIENT, PORT)).isEqualTo("2");
        udp.serves(1);
        // ip_vs_conn_uses_old_conntrack
        assertThat(Director.text(udp.packet(CLIENT, PORT, 0, true))).isEqualTo("x");
        assertThat(Director.text(udp.packet(CLIENT, PORT, 0, true))).isEqualTo("1");
    }

    @Test
    void aServerWaitsForTheLastOfItsConnectionsUntilKubeProxyLooks() {
        Director node = new Director(L4Protocol.TCP, IpvsScheduler.RR).serves(1, 2);
        node.seconds(5);
        assertThat(node.opens(CLIENT, PORT)).isEqualTo("2");
        node.serves(1);
        node.resets(CLIENT, PORT);
        // CLOSE lasts 10 s; kube-proxy looks at the full minute
        node.seconds(30);
        assertThat(node.servers()).isEqualTo("1:1 2:0");
        node.seconds(26);
        assertThat(node.servers()).isEqualTo("1:1");
    }

    @Test
    void oneThatComesBackHasItsOldConnectionsAndTheHeadOfTheList() {
        Director node = new Director(L4Protocol.TCP, IpvsScheduler.RR).serves(1, 2, 3);
        assertThat(node.opened(CLIENT, PORT, 3)).isEqualTo("321");
        node.serves(2, 3);
        assertThat(node.servers()).isEqualTo("1:0 2:1 3:1");
        node.serves(1, 2, 3);
        assertThat(node.established(CLIENT, PORT + 4)).isEqualTo("1");
        // its turn was the last: the one before it in the list, 2, counts as the last now
        assertThat(node.opened(CLIENT, 41_001, 3)).isEqualTo("132");
    }

    @Test
    void addressesThatAreExcludedKeepTheirVirtualServers() {
        Director node = new Director(L4Protocol.TCP, IpvsScheduler.RR).serves(1);
        node.table.apply(List.of(),
                List.of(Cidr.of("10.96.0.0/24")), 0);
        assertThat(node.servers()).isEqualTo("1:1");
        node.table.apply(List.of(), List.of(), 0);
        assertThat(node.servers()).isEmpty();
    }
}
