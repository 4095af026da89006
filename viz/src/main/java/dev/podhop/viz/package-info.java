/**
 * The viewer's command: {@code podhop view FILE} opens a window, with {@code --render} it writes
 * pictures and needs no screen.
 *
 * <p>Who knows whom: {@code style} and {@code recording} know no pane; {@code playback} holds the
 * cursor; each pane is a package of its own with view, view model and style sheet, and knows no
 * other
 * pane; {@code window} puts them together. Only view models and {@code recording} see the
 * simulator's results.
 */
@NullMarked
package dev.podhop.viz;

import org.jspecify.annotations.NullMarked;
