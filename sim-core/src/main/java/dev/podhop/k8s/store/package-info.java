/**
 * The API server's memory: which objects there are, in which version, and who wants to hear of a
 * change.
 *
 * <pre>
 *   manifests, patches --&gt; Admission --&gt; ApiStore --(StoreEvent, in order)--&gt; Watches
 *            what controllers derive --------^                                 | a lag each
 *                                                       controllers, kubelets, kube-proxies
 * </pre>
 *
 * <p>Models a consistent store with a single history: every write has the next resource version,
 * and every watcher sees every write once, in that order, some time after it. Leaves out what
 * requests take, watches that break, and finalizers. Validated by stories ({@code ApiStoreTest},
 * {@code WatchesTest}); the lag itself only as a part of what was measured up to the nodes' rules.
 */
@NullMarked
package dev.podhop.k8s.store;

import org.jspecify.annotations.NullMarked;
