package dev.podhop.kubeproxy;

import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.k8s.store.StoreEvent;
import java.util.List;
import java.util.TreeMap;

/**
 * The tables of every version of the API that some node may still act on.
 *
 * <p>Nodes hear of a write at different times, so that at one moment one of them may program what
 * another has replaced. Each version is made once, when it is written, and only where it differs
 * from the one before in something that kube-proxy reads.
 */
public final class TableHistory {

    private static final List<String> UNWATCHED = List.of("service.kubernetes.io/headless",
            "service.kubernetes.io/service-proxy-name");

    private final ProxyTracker tracker;
    private final TreeMap<Long, ProxyTables> byVersion = new TreeMap<>();

    /** Begins with what the store holds, and follows its writes from now on. */
    public TableHistory(ProxyVersion version, ApiStore store) {
        this.tracker = new ProxyTracker(version);
        store.list(Service.class).stream().filter(TableHistory::isWatched)
                .forEach(tracker::update);
        store.list(EndpointSlice.class).stream().filter(TableHistory::isWatched)
                .forEach(tracker::update);
        byVersion.put(store.resourceVersion(), tracker.tables());
        store.subscribe(this::written);
    }

    /** What kube-proxy's informers select by label: no headless Service wakes it. */
    private static boolean isWatched(ApiObject object) {
        return UNWATCHED.stream().noneMatch(object.metadata().labels()::containsKey);
    }

    private void written(StoreEvent event) {
        if (!isWatched(event.object())) {
            return;
        }
        switch (event.object()) {
            case Service service when event.isDeletion() -> tracker.remove(service);
            case Service service -> tracker.update(service);
            case EndpointSlice slice when event.isDeletion() -> tracker.remove(slice);
            case EndpointSlice slice -> tracker.update(slice);
            default -> {
                return;
            }
        }
        ProxyTables before = byVersion.lastEntry().getValue();
        ProxyTables after = tracker.tables();
        if (after.v4() != before.v4() || after.v6() != before.v6()) {
            byVersion.put(event.resourceVersion(), after);
        }
    }

    /** Whether that write changed anything that kube-proxy reads. */
    public boolean isChange(long resourceVersion) {
        return byVersion.containsKey(resourceVersion);
    }

    /**
     * What a node knows that has heard of all writes up to a version.
     *
     * @throws IllegalArgumentException for a version that was forgotten
     */
    public ProxyTables at(long resourceVersion) {
        var known = byVersion.floorEntry(resourceVersion);
        if (known == null) {
            throw new IllegalArgumentException("version " + resourceVersion + " is forgotten");
        }
        return known.getValue();
    }

    /** No node will ask for what came before this version any more. */
    public void forgetBefore(long resourceVersion) {
        Long kept = byVersion.floorKey(resourceVersion);
        if (kept != null) {
            byVersion.headMap(kept, false).clear();
        }
    }

    /** How many versions are held. */
    public int size() {
        return byVersion.size();
    }
}
