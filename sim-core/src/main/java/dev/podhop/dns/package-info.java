/**
 * Cluster DNS: which records Services have, and what a CoreDNS server answers at a time.
 *
 * <pre>
 *   Service, EndpointSlice --&gt; ClusterZone --+
 *                                            +--&gt; DnsServer (AnswerCache) --&gt; DnsAnswer
 *   names of the outside  --&gt; OuterNames  --+
 * </pre>
 *
 * <p>Models the records of the Kubernetes DNS specification 1.1 as CoreDNS' {@code kubernetes}
 * plugin serves them (its quirks included, which the classes name), and the plugins {@code cache},
 * {@code forward} and {@code loadbalance} as far as they decide what a client hears and for how
 * long. Which of their options a cluster has is read from the Corefile in the ConfigMap {@code
 * kube-system/coredns}. Leaves out: other plugins, DNSSEC, truncation, zone transfers, TXT, NS and
 * SOA as answers of their own, and the packets between CoreDNS and the servers that it forwards to.
 *
 * <p>Validated by tables of names and answers made after the specification's text and the plugins'
 * source; nothing here was measured on a cluster.
 */
@NullMarked
package dev.podhop.dns;

import org.jspecify.annotations.NullMarked;
