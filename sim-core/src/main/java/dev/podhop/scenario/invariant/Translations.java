package dev.podhop.scenario.invariant;

import dev.podhop.net.Direction;
import dev.podhop.net.Tuple;
import dev.podhop.netstack.PathReason;
import dev.podhop.packet.CtState;
import dev.podhop.packet.EtherType;
import dev.podhop.packet.Header;
import dev.podhop.trace.Hop;
import dev.podhop.trace.StateChange;
import dev.podhop.trace.StateChange.Kind;
import dev.podhop.trace.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what each namespace was seen to make of a connection's packets, and holds its replies
 * against that: what came back the other way must have left the other way round.
 *
 * <pre>
 *   request   10.244.1.5:4000 > 198.51.100.7:80   became   10.244.1.5:4000 > 10.0.0.11:30080
 *   reply     10.0.0.11:30080 > 10.244.1.5:4000   must become   198.51.100.7:80 > 10.244.1.5:4000
 * </pre>
 */
final class Translations {

    /** The shortest time after which a connection may be forgotten: TCP's CLOSE. */
    private static final long MEMORY_NANOS = 10_000_000_000L;

    private final Invariants found;
    private final Map<Key, Translation> byResult = new HashMap<>();
    private final Map<Key, Translation> byOriginal = new HashMap<>();
    private final Map<Long, Hop> byId = new HashMap<>();
    /** When IPVS last forgot a connection before its time. */
    private final Map<Key, Long> forgottenNanos = new HashMap<>();

    /** When a namespace forgot a connection, by its name and the connection's first packet. */
    private final Map<String, TreeSet<Long>> removals = new HashMap<>();

    private record Key(String place, Tuple tuple) {}

    /** A translation that was seen. */
    private static final class Translation {
        final Tuple before;
        final Tuple after;
        long lastNanos;

        Translation(Tuple before, Tuple after) {
            this.before = before;
            this.after = after;
        }
    }

    Translations(List<StateChange> changes, Invariants found) {
        this.found = found;
        for (StateChange change : changes) {
            if (change.kind() == Kind.CONNTRACK && change.removed()) {
                removals.computeIfAbsent(change.where() + ' ' + change.key(),
                        connection -> new TreeSet<>()).add(change.timeNanos());
            }
        }
    }

    void check(List<Hop> hops) {
        for (Hop hop : hops) {
            byId.put(hop.id(), hop);
            if (isForgottenByIpvs(hop)) {
                forget(new Key(hop.place().label(), arrived(hop).tuple()), hop.timeNanos());
            }
            Header out = left(hop);
            Step.Conntrack state = tracked(hop);
            if (out == null || out.etherType() == EtherType.ARP
                    || state == null && isBridged(hop)) {
                continue; // nothing left, or it passed below the translator
            }
            Header in = arrived(hop);
            Tuple quoted = in.inner();
            if (quoted != null) {
                checkError(hop, quoted, out);
            } else if (!checkReply(hop, in, out) && state != null
                    && state.direction() == Direction.ORIGINAL
                    && state.state() != CtState.INVALID) {
                learn(hop, in.tuple(), out.tuple());
            }
        }
    }

    /**
     * Whether IPVS dropped it and forgot its connection with it, whose server is gone: what an ICMP
     * error quotes of it later is nobody's to translate.
     */
    private static boolean isForgottenByIpvs(Hop hop) {
        return hop.terminal() instanceof Step.Dropped dropped
                && dropped.why().code().equals(PathReason.IPVS_SERVER_GONE.code());
    }

    private void forget(Key connection, long nanos) {
        forgottenNanos.put(connection, nanos);
        Translation known = byOriginal.remove(connection);
        if (known != null) {
            byResult.remove(new Key(connection.place(), known.after));
        }
    }

    private void learn(Hop hop, Tuple before, Tuple after) {
        String place = hop.place().label();
        Translation known = byOriginal.get(new Key(place, before));
        if (known == null || !known.after.equals(after)) {
            if (known != null) {
                byResult.remove(new Key(place, known.after));
            }
            if (before.equals(after)) {
                byOriginal.remove(new Key(place, before));
                return;
            }
            known = new Translation(before, after);
            byOriginal.put(new Key(place, before), known);
            byResult.put(new Key(place, after), known);
        }
        known.lastNanos = hop.endNanos();
    }

    /** Whether it is a reply to what was translated here. */
    private boolean checkReply(Hop hop, Header in, Header out) {
        Translation known = remembered(hop, in.tuple().inverse());
        if (known == null) {
            return false;
        }
        known.lastNanos = hop.endNanos();
        Tuple expected = known.before.inverse();
        if (!out.tuple().equals(expected)) {
            violated(hop, in.tuple(), out.tuple(), expected);
        }
        return true;
    }

    /** The packet quoted by an ICMP error must be quoted as its sender sent it. */
    private void checkError(Hop hop, Tuple quoted, Header out) {
        Tuple sent = sentAs(hop, quoted);
        Tuple leaving = out.inner();
        if (sent != null && leaving != null
                && (!leaving.equals(sent) || !out.destination().equals(sent.source()))) {
            violated(hop, quoted, leaving, sent);
        }
    }

    /**
     * As what the packet that an error quotes came here; null where that is not known. An error
     * made here has that packet's connection attached (nf_ct_attach) and is not looked up by what
     * it quotes: a packet that circles arrives as what an earlier round was translated to. One
     * that came by lo brought its connection along, and looked nothing up.
     */
    private @Nullable Tuple sentAs(Hop hop, Tuple quoted) {
        Hop cause = hop.entry() instanceof Step.Generated ? byId.get(hop.parent()) : null;
        if (cause != null && cause.place().equals(hop.place()) && tracked(cause) != null) {
            Tuple sent = arrived(cause).tuple();
            Long forgotten = forgottenNanos.get(new Key(hop.place().label(), sent));
            return forgotten != null && forgotten >= cause.timeNanos() ? null : sent;
        }
        Translation known = remembered(hop, quoted);
        return known == null ? null : known.before;
    }

    private @Nullable Translation remembered(Hop hop, Tuple after) {
        Translation known = byResult.get(new Key(hop.place().label(), after));
        return known == null || hop.timeNanos() - known.lastNanos > MEMORY_NANOS
                || isForgotten(hop, known) ? null : known;
    }

    /**
     * Whether the connection's entry was removed since its last packet: kube-proxy deletes those of
     * UDP to an endpoint that is gone, and what that endpoint answers then comes from a stranger.
     */
    private boolean isForgotten(Hop hop, Translation known) {
        TreeSet<Long> removed = removals.get(hop.place().name() + ' ' + known.before);
        Long next = removed == null ? null : removed.ceiling(known.lastNanos);
        return next != null && next <= hop.timeNanos();
    }

    private void violated(Hop hop, Tuple reply, Tuple left, Tuple expected) {
        found.add(InvariantReason.NAT_NOT_UNDONE, hop.place().label(), reply, left, expected);
    }

    /** The header with which the packet left or was taken; null when it came to nothing. */
    private static @Nullable Header left(Hop hop) {
        return switch (hop.terminal()) {
            case Step.Transmitted sent -> sent.header();
            case Step.Delivered delivered -> delivered.header();
            case Step.Dropped dropped -> null;
            case Step.Rejected rejected -> null;
            case Step.Spread spread -> null;
        };
    }

    /** The header with which it came in, be it as another's copy. */
    private Header arrived(Hop hop) {
        Hop original = original(hop);
        return original == null ? hop.header() : arrived(original);
    }

    private Step.@Nullable Conntrack tracked(Hop hop) {
        for (Step step : hop.steps()) {
            if (step instanceof Step.Conntrack conntrack) {
                return conntrack;
            }
        }
        Hop original = original(hop);
        return original == null ? null : tracked(original);
    }

    private @Nullable Hop original(Hop hop) {
        return hop.entry() instanceof Step.Copied copy ? byId.get(copy.original()) : null;
    }

    private static boolean isBridged(Hop hop) {
        return hop.steps().stream().anyMatch(
                step -> step instanceof Step.Bridged bridged && bridged.outPort() != null);
    }
}
