/**
 * JSON for programs: keys in a fixed order, the same bytes for the same result, on any machine.
 * Written as a stream, since binding objects by reflection would cost more than a small run does.
 */
@NullMarked
package dev.podhop.reports.json;

import org.jspecify.annotations.NullMarked;
