package dev.podhop.netstack.conntrack;

import static dev.podhop.netstack.nat.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.Direction;
import dev.podhop.net.IpAddress;
import dev.podhop.packet.Packet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A and AAAA race for one entry: what became of the second one, kernel by kernel. */
class ClashHandlingTest {

    @ParameterizedTest(name = "{0}: same pod {1}, two pods {2}")
    @CsvSource({
        "3.10.0-1160.el7, false, false",
        "4.18.0, false, false",
        "4.19.0, true, false",
        "5.4.0-91-generic, true, false",
        "5.5.19, true, false",
        "5.6.0, true, true",
        "6.1.0, true, true",
        "'', true, true",
    })
    void theSecondOfARace(String kernel, boolean survivesTogether, boolean survivesApart) {
        assertThat(second(kernel, "10.244.0.2", "10.244.0.2")).isEqualTo(survivesTogether);
        assertThat(second(kernel, "10.244.0.2", "10.244.0.3")).isEqualTo(survivesApart);
    }

    private static boolean second(String kernel, String first, String second) {
        ConntrackTable ct = new ConntrackTable(ConntrackSettings.DEFAULT_KERNEL);
        ct.clashHandling(ClashHandling.ofKernel(kernel));
        assertThat(ct.confirm(sent(ct, first, false), 0)).isTrue();
        return ct.confirm(sent(ct, second, true), 0);
    }

    /** The second is looked up when the first one's entry is there, but races all the same. */
    private static Packet sent(ConntrackTable ct, String endpoint, boolean racing) {
        Packet packet = udp("10.244.1.5", 1000, "10.96.0.10", 53);
        packet.racing = racing;
        ct.in(packet, 0);
        assertThat(packet.racing).as("it races once").isFalse();
        ct.alterReply(packet.conntrack, IpAddress.of(endpoint), 53,
                ct.source(packet.conntrack, Direction.ORIGINAL), 1000);
        ct.setStatus(packet.conntrack, CtStatus.DST_NAT | CtStatus.NAT_DONE_MASK);
        return packet;
    }
}
