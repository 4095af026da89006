/**
 * Rules as data: what whoever programs a namespace hangs in the hooks that a packet passes.
 *
 * <pre>
 *   owner (kube-proxy, the CNI, the cloud's edge, ...)
 *     | installs
 *   RuleProgram --+-- BaseChain     hook, table, type, priority, family: ask(packet, verdict)
 *                 +-- HookCallback  hook, priority, family: call(view, packet, verdict)
 * </pre>
 *
 * <p>An answer is found in constant time whatever the number of Services; the text that iptables or
 * nft would show is a rendering of the same program, never its implementation.
 */
@NullMarked
package dev.podhop.netstack.netfilter;

import org.jspecify.annotations.NullMarked;
