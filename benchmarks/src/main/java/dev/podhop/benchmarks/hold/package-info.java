/**
 * The hold model (Jones, CACM 1986): a queue of constant length from which the first event is
 * taken, and put back later. One class for each queue that is compared.
 */
@NullMarked
package dev.podhop.benchmarks.hold;

import org.jspecify.annotations.NullMarked;
