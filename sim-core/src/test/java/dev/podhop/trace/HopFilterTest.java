package dev.podhop.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.podhop.net.Hook;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.IcmpKind;
import dev.podhop.packet.TcpFlags;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One filter, the same answer wherever it is asked. */
class HopFilterTest {

    private static final Explanation NONE = Explanation.NONE;
    private static final Reason.Wording WORDING = Reason.Wording.of("net.socket.none");
    private static final Reason SOCKET_NONE = () -> WORDING;

    /** On n1 a SYN to the VIP is translated and sent on; its flow is called to-vip. */
    private static final Hop SENT = new Hop(1, 0, 1, 7, 5_000_000, 5_000_000,
            new Place(Place.Kind.NODE, "n1", "n1"),
            List.of(new Step.Received("cni0", tcp("198.51.100.7", 80, TcpFlags.SYN), NONE),
                    new Step.RuleWalk(Hook.PREROUTING, "nat", List.of(), "DNAT", NONE),
                    new Step.Nat(Hook.PREROUTING, Step.Nat.Manip.DESTINATION,
                            tcp("198.51.100.7", 80, TcpFlags.SYN),
                            tcp("10.244.2.23", 8080, TcpFlags.SYN), NONE),
                    new Step.Transmitted("eth0", "fab",
                            tcp("10.244.2.23", 8080, TcpFlags.SYN), NONE)));

    /** In pod web/api a RST ends for want of a socket. */
    private static final Hop LOST = new Hop(2, 1, 2, 8, 6_000_000_000L, 6_000_000_000L,
            new Place(Place.Kind.POD, "n2", "web/api"),
            List.of(new Step.Received("eth0", tcp("10.244.2.23", 8080, TcpFlags.RST), NONE),
                    new Step.Dropped(DropReason.NO_SOCKET,
                            tcp("10.244.2.23", 8080, TcpFlags.RST),
                            SOCKET_NONE.of())));

    /** An ARP question at the edge, which belongs to no attempt. */
    private static final Hop ARP = new Hop(3, 0, 3, -1, 1000, 1000,
            new Place(Place.Kind.EDGE, "", "fab"),
            List.of(new Step.Received("fab0", arp(), NONE),
                    new Step.Delivered("arp", arp(), NONE)));

    private static final Map<Integer, AttemptFacts> ATTEMPTS = Map.of(
            7, new AttemptFacts("to-vip", Outcome.Answered, null),
            8, new AttemptFacts("to-web", Outcome.TimedOut, "net.socket.none"));

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            ''                                               ; SENT LOST ARP
            flow==to-vip                                     ; SENT
            flow == to-*                                     ; SENT LOST
            flow!=to-vip                                     ; LOST ARP
            outcome==timedout                                ; LOST
            outcome!=Answered                                ; LOST ARP
            cause==net.*                                     ; LOST
            node==n1                                         ; SENT
            namespace==web/api                               ; LOST
            namespace==pod/web/api                           ; LOST
            namespace==edge                                  ; ARP
            device==cni0                                     ; SENT
            device==eth0                                     ; SENT LOST
            source==10.244.1.5 && destination==198.51.100.7  ; SENT
            destination==10.244.0.0/16                       ; SENT LOST
            destination!=10.244.0.0/16                       ; ARP
            port==80                                         ; SENT
            port==8080                                       ; SENT LOST
            port<80                                          ;
            protocol==TCP                                    ; SENT LOST
            flags==SYN                                       ; SENT
            flags==R                                         ; LOST
            hook==prerouting                                 ; SENT
            verdict==DNAT                                    ; SENT
            verdict==Dropped                                 ; LOST
            reason==NO_SOCKET                                ; LOST
            reason==net.*                                    ; LOST
            time<1ms                                         ; ARP
            time>=5ms                                        ; SENT LOST
            time==6s                                         ; LOST
            dropped                                          ; LOST
            dropped || transmitted                           ; SENT LOST
            !dropped && !arp                                 ; SENT
            rst                                              ; LOST
            arp || flow==to-vip && dropped                   ; ARP
            (arp || flow==to-vip) && !dropped                ; SENT ARP
            !(arp || !nat)                                   ; SENT
            flow=="to-vip"                                   ; SENT
            flow==to-vip && node==n1 && (dropped || rst) && !arp ;
            """)
    void shouldLetPass(String filter, String expected) {
        HopFilter read = HopFilter.parse(filter);

        StringBuilder passing = new StringBuilder();
        append(passing, read, "SENT", SENT);
        append(passing, read, "LOST", LOST);
        append(passing, read, "ARP", ARP);
        assertThat(passing.toString().strip()).isEqualTo(expected == null ? "" : expected);
        assertThat(read).hasToString(filter);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '\'', textBlock = """
            flow==           ; column 7: found the end, expected a value
            flow             ; column 5: found the end, expected == != <= >= < > after flow
            flow<a           ; column 5: found "<", expected == or != after flow
            flow==a &&       ; column 11: found the end, expected a field, a word, ! or (
            flow==a node==b  ; column 9: found "node", expected &&, || or the end
            (dropped         ; column 9: found the end, expected &&, || or )
            dropped)         ; column 8: found ")", expected &&, || or the end
            port==http       ; column 7: found "http", expected a port from 0 to 65535
            time>5           ; column 6: found "5", expected a duration, such as 5s or 200us
            source==n1       ; column 9: found "n1", expected an IP address or a prefix
            flow=="to        ; column 7: found a quote that does not end, expected a closing quote
            flow = a         ; column 6: found "=", expected == != <= >= < > after flow
            """)
    void shouldSayWhatIsWrong(String filter, String message) {
        assertThatThrownBy(() -> HopFilter.parse(filter)).isInstanceOf(HopFilterException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"lost", "drop"})
    void shouldNameTheWords(String filter) {
        assertThatThrownBy(() -> HopFilter.parse(filter)).hasMessageStartingWith(
                "column 1: found \"" + filter + "\", expected a field (flow, outcome, ")
                .hasMessageContaining("or a word (dropped, rejected, delivered, ");
    }

    @Test
    void shouldNameTheFields() {
        assertThatThrownBy(() -> HopFilter.parse("nod==n1")).hasMessage(
                "column 1: found \"nod\", expected one of the fields "
                        + String.join(", ", HopFilter.fields()));
    }

    private static void append(StringBuilder passing, HopFilter filter, String name, Hop hop) {
        if (filter.matches(hop, ATTEMPTS::get)) {
            passing.append(name).append(' ');
        }
    }

    private static Header tcp(String destination, int port, int flags) {
        return new Header(EtherType.IPV4, L4Protocol.TCP, IpAddress.of("10.244.1.5"), 40000,
                IpAddress.of(destination), port, flags, IcmpKind.NONE, null, 64, 60, 0, false);
    }

    private static Header arp() {
        return new Header(EtherType.ARP, L4Protocol.TCP, IpAddress.of("10.0.0.1"), 0,
                IpAddress.of("10.0.0.11"), 0, 0, IcmpKind.NONE, null, 0, 28, 0, false);
    }
}
