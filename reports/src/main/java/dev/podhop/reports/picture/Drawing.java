package dev.podhop.reports.picture;

import dev.podhop.reports.picture.Item.Word;
import java.util.List;
import java.util.stream.Stream;

/**
 * A picture as data.
 *
 * @param width of the pane, in pixels
 * @param height of the pane, in pixels
 * @param scale pixels a unit
 * @param ground what stands still
 * @param above what moves, over it
 */
public record Drawing(double width, double height, double scale, List<Item> ground,
        List<Item> above) {

    public Drawing {
        ground = List.copyOf(ground);
        above = List.copyOf(above);
    }

    /** Everything, in the order in which it is painted. */
    public Stream<Item> items() {
        return Stream.concat(ground.stream(), above.stream());
    }

    /** Everything that is written. */
    public List<Word> words() {
        return items().filter(Word.class::isInstance).map(Word.class::cast).toList();
    }
}
