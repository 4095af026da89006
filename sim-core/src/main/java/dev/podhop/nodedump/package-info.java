/**
 * What the tools of a node print, read: {@code iptables-save}, {@code nft list ruleset},
 * {@code ipvsadm -Sn} and {@code -Ln}, {@code ipset save}, {@code conntrack -L}, {@code sysctl -a},
 * the addresses of {@code kube-ipvs0}.
 *
 * <pre>
 *   lines -- each tool's own by its shape --> chains, sets, virtual servers, entries, settings
 * </pre>
 *
 * <p>One file may hold what several tools print, one behind the other, as support bundles do. Every
 * rule remembers its file and line, and has a text in which what tools of different ages print
 * differently is the same. Leaves out: the types of sets, {@code ipset list}, rules of
 * {@code arptables} and {@code ebtables}. Validated by every dump of the lab.
 */
@NullMarked
package dev.podhop.nodedump;

import org.jspecify.annotations.NullMarked;
