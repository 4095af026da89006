package dev.podhop.trace;

import dev.podhop.packet.EtherType;
import java.util.ArrayList;
import java.util.List;

/**
 * One packet's way from where it was made to where it ended: what a host receives goes on, what it
 * makes or copies begins anew.
 *
 * @param hops at least one, in order
 */
public record Leg(List<Hop> hops) {

    public Leg {
        hops = List.copyOf(hops);
    }

    public Hop first() {
        return hops.getFirst();
    }

    public Hop last() {
        return hops.getLast();
    }

    public boolean isArp() {
        return first().header().etherType() == EtherType.ARP;
    }

    /** The namespaces that it visits, each once in a row: {@code pod/client}, {@code node/n1}. */
    public List<String> places() {
        return places(hops);
    }

    /** The namespaces that hops visit, each once in a row. */
    public static List<String> places(List<Hop> hops) {
        List<String> places = new ArrayList<>();
        for (Hop hop : hops) {
            String label = hop.place().label();
            if (places.isEmpty() || !places.getLast().equals(label)) {
                places.add(label);
            }
        }
        return places;
    }
}
