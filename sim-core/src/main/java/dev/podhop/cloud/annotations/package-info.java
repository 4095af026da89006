/**
 * What the annotations of a Service say about its load balancer.
 *
 * <pre>
 *   aws.yaml, azure.yaml, ... ---&gt; Catalogue: each documented name is read, harmless or told
 *   a Service + its profile ----&gt; AnnotationReader: keys of a Scenario, and what is to be told
 * </pre>
 *
 * <p>Knows all names that AWS, Azure, GKE, TKE and MetalLB document or write, and those of
 * Kubernetes itself, each with its source. What decides a packet's fate becomes the key of a
 * Scenario that says the same, so that the two cannot differ; what may decide it and is not
 * modelled is told.
 */
@NullMarked
package dev.podhop.cloud.annotations;

import org.jspecify.annotations.NullMarked;
