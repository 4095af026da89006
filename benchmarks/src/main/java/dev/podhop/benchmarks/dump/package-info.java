/**
 * Dumps of clusters that never were, in the full shape that {@code kubectl get -o yaml
 * --show-managed-fields} prints: what a user feeds to Podhop first.
 */
@NullMarked
package dev.podhop.benchmarks.dump;

import org.jspecify.annotations.NullMarked;
