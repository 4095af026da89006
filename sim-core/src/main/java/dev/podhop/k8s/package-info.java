/**
 * The Kubernetes API's objects as the simulator sees them.
 *
 * <pre>
 * source.YamlReader --&gt; documents --&gt; ManifestReader --(schema.StrictCheck)--&gt; ApiObject
 * records \-- Problems </pre>
 *
 * <p>Models the kinds of {@link dev.podhop.k8s.ApiKind}, each record holding the fields that
 * something simulated reads; all other fields of the API are accepted and stay in the object's
 * tree. Leaves out API versions other than the stable ones, and conversion between versions.
 * Validated against a typed model of the API (which fields there are) and against the API server's
 * answers to a table of Services.
 */
@NullMarked
package dev.podhop.k8s;

import org.jspecify.annotations.NullMarked;
