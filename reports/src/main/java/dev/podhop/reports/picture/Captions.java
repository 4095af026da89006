package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Letters.Face;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What will be written on places at some time, so that room is kept for it whatever the time.
 *
 * @param life of everything
 * @param balancers that the packets in view ask
 * @param notes address translations by place: each the lines of one hop
 * @param lost places where packets end badly
 */
record Captions(PictureWords words, Life life, Set<String> balancers,
        Map<String, List<List<String>>> notes, Set<String> lost) {

    /** Whether a state is written on a pod's card. */
    boolean ofPod(String label, String address) {
        return life.saysOf(label, address);
    }

    /** Whether packets in view ask a load balancer. */
    boolean asks(String balancer) {
        return balancers.contains(balancer);
    }

    /** Whether the health of its targets is known. */
    boolean hasTargets(String balancer) {
        return life.hasTargets(balancer);
    }

    /** How many lines stand right of a node's door. */
    int lines(String node, int hidden, boolean kernel) {
        return (kernel ? 1 : 0) + (hidden > 0 ? 1 : 0) + (life.saysOfNode(node) ? 2 : 0);
    }

    /** The widest of what may stand there. */
    double widest(int hidden) {
        double widest = 0;
        List<String> all = new ArrayList<>(List.of("eth0"));
        if (hidden > 0) {
            all.add(words.get("pods.more", hidden));
        }
        if (life.saysOfNodes()) {
            all.add(words.get("node.behind"));
            all.add(words.get("node.not-ready"));
            all.add(words.get("node.cordoned"));
        }
        for (String text : all) {
            widest = Math.max(widest, Letters.width(text, Face.PLAIN, Letters.SMALL));
        }
        return widest;
    }

    /** How wide the translations of one hop are, each on a line of its own. */
    double noteWidth(String place) {
        return notes.getOrDefault(place, List.of()).stream().flatMap(List::stream)
                .mapToDouble(line -> Letters.width(line, Face.MONO, Letters.SMALL)).max()
                .orElse(0);
    }

    /** Whether a packet of the attempt in view ends badly at a place. */
    boolean isLostAt(String place) {
        return lost.contains(place);
    }

    /** How many lines the translations of one hop take, at most. */
    int noteLines(String place, double width) {
        return notes.getOrDefault(place, List.of()).stream()
                .mapToInt(lines -> wrapped(lines, width).size()).max().orElse(0);
    }

    /** Each on one line where it fits, else the second half on the next. */
    static List<String> wrapped(List<String> lines, double width) {
        List<String> wrapped = new ArrayList<>();
        for (String line : lines) {
            int half = line.indexOf(" → ");
            if (half < 0 || Letters.width(line, Face.MONO, Letters.SMALL) <= width) {
                wrapped.addAll(Letters.wrap(line, Face.MONO, Letters.SMALL, width));
            } else {
                wrapped.addAll(Letters.wrap(line.substring(0, half), Face.MONO, Letters.SMALL,
                        width));
                wrapped.addAll(Letters.wrap(line.substring(half + 1), Face.MONO, Letters.SMALL,
                        width));
            }
        }
        return wrapped;
    }
}
