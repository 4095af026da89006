/**
 * Which fields the Kubernetes API has, and the strict check of a manifest against them: an unknown
 * field or a value of the wrong type is refused with its place and the nearest correct spelling, as
 * {@code kubectl apply} with strict validation refuses it.
 *
 * <p>The list of fields is the resource {@code dev/podhop/k8s/api-fields.txt}, one type a line,
 * derived from a typed model of the whole API by a test, which also compares the two. kube-proxy's
 * configuration is no part of that model; its list, {@code kubeproxy-fields.txt}, is kept by hand
 * after {@code kubeproxy.config.k8s.io/v1alpha1}. Left out: the formats inside strings (times,
 * quantities' range), which are only checked where something simulated reads them.
 */
@NullMarked
package dev.podhop.k8s.schema;

import org.jspecify.annotations.NullMarked;
