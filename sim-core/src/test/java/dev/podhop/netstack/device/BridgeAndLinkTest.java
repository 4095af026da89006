package dev.podhop.netstack.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.netstack.device.Link.Impairment;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a bridge learns, and when a wire delivers. */
class BridgeAndLinkTest {

    private static final long POD_A = 0x02_0000_0000_0aL;

    private final Device cni0 = new Device(1, 0, "cni0", Device.Kind.BRIDGE);
    private final Bridge bridge = Objects.requireNonNull(cni0.bridge());
    private final Device veth0 = port(2, "veth0");
    private final Device veth1 = port(3, "veth1");

    @Test
    void nobodyIsKnownBeforeHeIsHeard() {
        assertThat(bridge.lookup(POD_A)).isNull();
        bridge.learn(POD_A, veth0);
        assertThat(bridge.lookup(POD_A)).isSameAs(veth0);
        assertThat(bridge.lookup(POD_A + 1)).isNull();
    }

    @Test
    void whoMovesIsFoundAtTheNewPort() {
        bridge.learn(POD_A, veth0);
        bridge.learn(POD_A, veth1);
        assertThat(bridge.lookup(POD_A)).isSameAs(veth1);
    }

    @Test
    void aPortThatLeavesTakesWhatWasLearnedOnIt() {
        bridge.learn(POD_A, veth0);
        bridge.learn(POD_A + 1, veth1);
        bridge.removePort(veth0);
        assertThat(bridge.ports()).containsExactly(veth1);
        assertThat(bridge.lookup(POD_A)).isNull();
        assertThat(bridge.lookup(POD_A + 1)).isSameAs(veth1);
        bridge.flush();
        assertThat(bridge.lookup(POD_A + 1)).isNull();
    }

    @Test
    void portsAreFloodedInTheOrderInWhichTheyJoined() {
        assertThat(bridge.ports()).containsExactly(veth0, veth1);
        assertThat(veth0.master()).isSameAs(cni0);
        assertThat(veth0.bridge()).isNull();
    }

    @Test
    void everyDeviceHasAnAddressOfItsOwn() {
        assertThat(veth0.mac()).isNotEqualTo(veth1.mac()).isNotEqualTo(Device.BROADCAST_MAC);
    }

    /** What left later never arrives earlier, each direction by itself. */
    @Test
    void aWireKeepsTheOrder() {
        Link wire = new Link(veth0, veth1, new Impairment(100, 50, 0, 1));
        assertThat(wire.arrival(veth1, 0, 150)).isEqualTo(150);
        assertThat(wire.arrival(veth1, 10, 50)).as("it waits for the one before").isEqualTo(150);
        assertThat(wire.arrival(veth0, 10, 50)).as("the other direction").isEqualTo(60);
        assertThat(wire.arrival(veth1, 200, 50)).isEqualTo(250);
        wire.reset();
        assertThat(wire.arrival(veth1, 0, 50)).isEqualTo(50);
    }

    @Test
    void aWireKnowsBothItsEndsUntilItIsUnplugged() {
        Link wire = new Link(veth0, veth1, Impairment.latency(1));
        assertThat(wire.peer(veth0)).isSameAs(veth1);
        assertThat(wire.peer(veth1)).isSameAs(veth0);
        assertThat(veth0.link()).isSameAs(wire);
        wire.unplug();
        assertThat(veth0.link()).isNull();
        assertThat(veth1.link()).isNull();
    }

    @Test
    void anImpossibleWireIsRefused() {
        assertThatThrownBy(() -> new Impairment(10, 11, 0, 1)).hasMessageContaining("jitter");
        assertThatThrownBy(() -> new Impairment(10, 0, 2, 1)).hasMessageContaining("loss 2/1");
        assertThatThrownBy(() -> new Impairment(10, 0, 0, 0)).hasMessageContaining("loss 0/0");
    }

    private Device port(int id, String name) {
        Device port = new Device(id, 0, name, Device.Kind.ETHERNET);
        port.enslave(cni0);
        return port;
    }
}
