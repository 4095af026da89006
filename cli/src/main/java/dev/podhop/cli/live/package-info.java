/**
 * A cluster as the user's own {@code kubectl} shows it.
 *
 * <pre>
 *   Wanted (what decides a packet's fate) -> Kubectl (get, list; nothing else) -> Snapshot
 *                                                                                  |
 *                                          [Anonymizer]  ->  a dump that every verb reads
 * </pre>
 *
 * <p>Contexts, credentials and permissions are kubectl's: Podhop opens no connection. Secrets are
 * never asked for.
 */
@NullMarked
package dev.podhop.cli.live;

import org.jspecify.annotations.NullMarked;
