/**
 * What the API server does to an object before it keeps it: defaults, validation and allocation,
 * with its own words for its own objections.
 *
 * <pre>
 * object --&gt; defaults --&gt; addresses and ports allocated --&gt; validated --&gt; object,
 * complete \__________________________\--&gt; FieldErrors --&gt; Problems </pre>
 *
 * <p>Models, for Services, {@code SetDefaults_Service}, the registry's {@code alloc.go} and
 * {@code ValidateService} with its update rules, as of Kubernetes 1.30 (later versions where a
 * parameter says so); for the other kinds, the rules about names, labels, ports, addresses and
 * selectors. Differs from the real server where that would give up at the first objection: here an
 * allocator's objection and a validator's are told together. Free addresses and ports are taken in
 * order, not at random. Leaves out admission webhooks, quotas and access control. Validated against
 * the API server's answers to a table of Services.
 */
@NullMarked
package dev.podhop.k8s.admission;

import org.jspecify.annotations.NullMarked;
