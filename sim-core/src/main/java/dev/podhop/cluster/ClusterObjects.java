package dev.podhop.cluster;

import dev.podhop.k8s.ApiKind;
import dev.podhop.k8s.ApiObject;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Node;
import dev.podhop.k8s.Pod;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.store.ApiStore;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The API objects that a data plane follows, each kind in its stable order. Nobody lists a kind
 * before somebody asks for it.
 */
public final class ClusterObjects {

    private final ApiStore store;
    private final Map<ApiKind, List<? extends ApiObject>> lists = new EnumMap<>(ApiKind.class);

    /** The objects of a store as they are when each kind is first asked for. */
    public ClusterObjects(ApiStore store) {
        this.store = store;
    }

    /** The objects as they are now. */
    ClusterObjects after(Set<ApiKind> changed) {
        ClusterObjects now = new ClusterObjects(store);
        now.lists.putAll(lists);
        now.lists.keySet().removeAll(changed);
        return now;
    }

    public List<Node> nodes() {
        return list(Node.class);
    }

    public List<Pod> pods() {
        return list(Pod.class);
    }

    public List<Service> services() {
        return list(Service.class);
    }

    public List<EndpointSlice> slices() {
        return list(EndpointSlice.class);
    }

    @SuppressWarnings("unchecked") // each kind's list is put here alone
    private <T extends ApiObject> List<T> list(Class<T> type) {
        return (List<T>) lists.computeIfAbsent(ApiKind.of(type), kind -> store.list(type));
    }
}
