/**
 * A recorded run as one page for a browser: no server, no network, no Java.
 *
 * <pre>
 *   Recording -> Film (an attempt: stops, drawings, words) -> PageWriter -> out.html
 *                the same view models as the window's         page.html, page.css, page.js
 * </pre>
 *
 * <p>Drawings are lists of numbers into a table of fragments: what stands still is written once.
 */
@NullMarked
package dev.podhop.viz.page;

import org.jspecify.annotations.NullMarked;
