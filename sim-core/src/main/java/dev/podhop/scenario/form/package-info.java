/**
 * How a scenario's values are written: a form per type, found by the type of a record's component,
 * so that a key is named in one place only.
 *
 * <pre>
 *   record component --Forms.of--> Form --read(node, path)--> value, or a Problem
 *                                   |
 *                                   +--words(), pattern()--> messages, JSON Schema, reference page
 * </pre>
 *
 * <p>Leaves out what no single value can know, such as whether a name that it refers to exists:
 * that is {@link dev.podhop.scenario.load}'s. Validated by tables of good and bad documents.
 */
@NullMarked
package dev.podhop.scenario.form;

import org.jspecify.annotations.NullMarked;
