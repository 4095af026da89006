/** The list of events: a row a hop, in order of arrival; rows are made when they come into view. */
@NullMarked
package dev.podhop.viz.events;

import org.jspecify.annotations.NullMarked;
