/**
 * Texts for a terminal: at most 120 columns, plain ASCII, readable without colour.
 */
@NullMarked
package dev.podhop.reports.text;

import org.jspecify.annotations.NullMarked;
