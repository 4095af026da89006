/**
 * The API server's memory: which objects there are, in which version, and who wants to hear of a
 * change.
 *
 * <pre>
 * manifests, patches --&gt; Admission --&gt; ApiStore --(StoreEvent, in order)--&gt; controllers,
 * proxies what controllers derive --^ </pre>
 *
 * <p>Models a consistent store with a single history: every write has the next resource version,
 * and every listener sees every write once, in that order. Leaves out what takes time (requests,
 * watches and their lag), which lies between this store and those that watch it, and finalizers.
 */
@NullMarked
package dev.podhop.k8s.store;

import org.jspecify.annotations.NullMarked;
