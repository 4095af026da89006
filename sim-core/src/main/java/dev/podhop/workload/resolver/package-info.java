/**
 * Resolver libraries: from the name that an application calls to an address, by questions that are
 * packets like any others.
 *
 * <pre>
 *   Resolvers.lookup(client, name) --&gt; [JVM's memory] --&gt; Request: the names to try, in order
 *                                                             |  one exchange a name
 *                              GlibcExchange, MuslExchange: A and AAAA, servers, retries, timeouts
 *                                                             |
 *                                  QuerySocket --&gt; node --&gt; CoreDNS' port 53 --&gt; Dialogue
 * </pre>
 *
 * <p>Models resolv.conf as kubelet writes it (dnsPolicy, dnsConfig); the search list and ndots;
 * glibc's {@code getaddrinfo} (resolv/res_query.c, res_send.c), musl's (src/network/lookup_name.c,
 * res_msend.c) and a JVM's memory on top of glibc's. Each attempt is a process of its own, except
 * that a JVM lives as long as its pod. Leaves out: /etc/hosts, nscd, mDNS, DNSSEC, EDNS, truncated
 * answers, {@code rotate}, and what is asked over TCP as such ({@code use-vc} opens a connection,
 * see {@code TcpExchange}).
 *
 * <p>Validated by tables of the questions that each library asks, made after its source.
 */
@NullMarked
package dev.podhop.workload.resolver;

import org.jspecify.annotations.NullMarked;
