package dev.podhop.engine;

/**
 * One outcome of one draw on a path of {@link EnumeratingChooser}.
 *
 * @param who the key of the entity that decided
 * @param connection the key of the connection it decided about
 * @param draw how many draws that connection made before
 * @param index the outcome; of {@link Chooser#chance}, 1 means true
 * @param n number of outcomes, impossible ones included
 * @param numerator the outcome's probability is {@code numerator / denominator}
 * @param denominator see there
 */
public record Choice(
        long who,
        long connection,
        int draw,
        int index,
        int n,
        long numerator,
        long denominator) {

    boolean isSameDraw(long who, long connection, int draw) {
        return this.who == who && this.connection == connection && this.draw == draw;
    }
}
