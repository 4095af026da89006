package dev.podhop.scenario.invariant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.podhop.net.Direction;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;
import dev.podhop.net.Tuple;
import dev.podhop.packet.CtState;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.packet.IcmpKind;
import dev.podhop.trace.Explanation;
import dev.podhop.trace.Hop;
import dev.podhop.trace.Place;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What a node makes of a UDP flow, and what it must make of the answers.
 *
 * <pre>
 *   client 10.244.1.5:4000 --&gt; VIP 10.96.0.10:53
 *                      n1: becomes --&gt; 10.244.2.23:5353
 *   answer 10.244.2.23:5353 --&gt; 10.244.1.5:4000
 *                      n1: must become 10.96.0.10:53 --&gt; 10.244.1.5:4000
 * </pre>
 */
class TranslationsTest {

    private static final Place N1 = new Place(Place.Kind.NODE, "n1", "n1");
    private static final long SECOND = 1_000_000_000L;
    private static final Tuple ASKED = tuple("10.244.1.5", 4000, "10.96.0.10", 53);
    private static final Tuple BECAME = tuple("10.244.1.5", 4000, "10.244.2.23", 5353);
    private static final String UNDONE_WRONGLY = "invariant.nat-not-undone";

    private final List<Hop> hops = new ArrayList<>();
    private final List<StateChange> changes = new ArrayList<>();

    private static Tuple tuple(String source, int sourcePort, String destination, int port) {
        return new Tuple(L4Protocol.UDP, IpAddress.of(source), sourcePort,
                IpAddress.of(destination), port);
    }

    private static Header header(Tuple tuple, @Nullable Tuple quoted) {
        return new Header(EtherType.IPV4, quoted == null ? L4Protocol.UDP : L4Protocol.ICMP,
                tuple.source(), quoted == null ? tuple.sourcePort() : 0, tuple.destination(),
                quoted == null ? tuple.destinationPort() : 0, 0,
                quoted == null ? IcmpKind.NONE : IcmpKind.PORT_UNREACHABLE, quoted, 64, 60, 0,
                false);
    }

    /** A packet passes n1 at a time and is changed so. */
    private void passes(long atNanos, Header in, Header out, Direction direction) {
        long id = hops.size() + 1;
        hops.add(new Hop(id, 0, id, 0, atNanos, atNanos, N1, List.of(
                new Step.Received("eth0", in, Explanation.NONE),
                new Step.Conntrack(direction == Direction.ORIGINAL ? CtState.NEW
                        : CtState.ESTABLISHED, direction, false, null, Explanation.NONE),
                new Step.Transmitted("eth0", "peer", out, Explanation.NONE))));
    }

    private void request(long atNanos) {
        passes(atNanos, header(ASKED, null), header(BECAME, null), Direction.ORIGINAL);
    }

    private void answer(long atNanos, Tuple leaves) {
        passes(atNanos, header(BECAME.inverse(), null), header(leaves, null), Direction.REPLY);
    }

    private List<String> found() {
        return Invariants.check(new InvariantInput(hops, changes, Set.of(), 0)).stream()
                .map(violation -> violation.why().code())
                .filter(code -> code.equals(UNDONE_WRONGLY)).toList();
    }

    @Test
    void anAnswerThatLeavesAsTheAskedOnesIsRight() {
        request(0);
        answer(SECOND, ASKED.inverse());

        assertThat(found()).isEmpty();
    }

    @Test
    void anAnswerThatLeavesAsItCameIsWrong() {
        request(0);
        answer(SECOND, BECAME.inverse());

        assertThat(found()).containsExactly(UNDONE_WRONGLY);
    }

    @Test
    void whatWasNeverTranslatedIsNobodysToUndo() {
        answer(SECOND, BECAME.inverse());

        assertThat(found()).isEmpty();
    }

    @Test
    void afterTenSecondsOfSilenceAConnectionMayBeForgotten() {
        request(0);
        answer(11 * SECOND, BECAME.inverse());

        assertThat(found()).isEmpty();
    }

    @Test
    void eachAnswerKeepsItRemembered() {
        request(0);
        answer(9 * SECOND, ASKED.inverse());
        answer(18 * SECOND, BECAME.inverse());

        assertThat(found()).containsExactly(UNDONE_WRONGLY);
    }

    @Test
    void aDeletedEntryIsForgottenFromThenOn() {
        request(0);
        changes.add(new StateChange(2 * SECOND, StateChange.Kind.CONNTRACK, "n1",
                ASKED.toString(), Map.of()));
        answer(SECOND, BECAME.inverse());
        answer(3 * SECOND, BECAME.inverse());

        assertThat(found()).as("the one before it was deleted").hasSize(1);
        hops.remove(1);
        assertThat(found()).as("the one after").isEmpty();
    }

    @Test
    void anEntryDeletedElsewhereSaysNothing() {
        request(0);
        changes.add(new StateChange(SECOND, StateChange.Kind.CONNTRACK, "n2", ASKED.toString(),
                Map.of()));
        answer(2 * SECOND, BECAME.inverse());

        assertThat(found()).containsExactly(UNDONE_WRONGLY);
    }

    /** The pod's kernel refuses; the error quotes the request as it came there. */
    @Test
    void anErrorMustQuoteWhatItsReaderSent() {
        Header error = header(BECAME.inverse(), BECAME);
        request(0);
        passes(SECOND, error, header(ASKED.inverse(), ASKED), Direction.REPLY);
        assertThat(found()).isEmpty();

        passes(SECOND, error, error, Direction.REPLY);
        assertThat(found()).containsExactly(UNDONE_WRONGLY);
    }

    /** Another endpoint was drawn for the same source port: only the later one counts. */
    @Test
    void theLastTranslationCounts() {
        Tuple other = tuple("10.244.1.5", 4000, "10.244.3.7", 5353);
        request(0);
        passes(SECOND, header(ASKED, null), header(other, null), Direction.ORIGINAL);
        answer(2 * SECOND, BECAME.inverse());
        assertThat(found()).as("an answer of the one before").isEmpty();

        passes(2 * SECOND, header(other.inverse(), null), header(other.inverse(), null),
                Direction.REPLY);
        assertThat(found()).containsExactly(UNDONE_WRONGLY);
    }
}
