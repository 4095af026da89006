/**
 * The first page of a run: of each flow how its attempts ended and why, how many and when; a row
 * opens an attempt of its kind.
 */
@NullMarked
package dev.podhop.viz.start;

import org.jspecify.annotations.NullMarked;
