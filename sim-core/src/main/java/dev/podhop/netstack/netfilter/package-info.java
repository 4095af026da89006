/**
 * Rules as data: the questions that a packet's way asks of whoever programmed a namespace.
 *
 * <pre>
 *            nat PREROUTING / OUTPUT      filter INPUT / FORWARD / OUTPUT     nat POSTROUTING
 *   packet ----- translate() --------------------- filter() ------------------- source() ---->
 * </pre>
 *
 * <p>kube-proxy, the CNI and the cloud's edge each compile a
 * {@link dev.podhop.netstack.netfilter.RuleProgram}. An answer is found in constant time whatever
 * the number of Services; the text that iptables or nft would show is a rendering of the same
 * program, never its implementation.
 */
@NullMarked
package dev.podhop.netstack.netfilter;

import org.jspecify.annotations.NullMarked;
