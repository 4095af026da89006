package dev.podhop.cloud;

import dev.podhop.cloud.Backend.Wish;
import dev.podhop.cloud.LoadBalancerSettings.SourceRanges;
import dev.podhop.cloud.ServiceController.Call;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServicePort;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings an instance's listeners and their backends to what one Service asks.
 *
 * <p>On an instance of its own the controller resets whatever it finds that is not its; on one that
 * was there before it leaves strangers' listeners alone, and gives way where one has its port.
 */
final class ListenerSync {

    private final ApiStore store;
    private final Service service;
    private final String key;
    private final LoadBalancerSettings settings;
    private final LoadBalancers config;
    private final Instance instance;
    private final boolean settled;
    private String conflict = "";

    ListenerSync(ApiStore store, Service service, String key, LoadBalancerSettings settings,
            LoadBalancers config, Instance instance, boolean settled) {
        this.store = store;
        this.config = config;
        this.service = service;
        this.key = key;
        this.settings = settings;
        this.instance = instance;
        this.settled = settled;
    }

    /** Which port another listener has; empty for none. */
    String conflict() {
        return conflict;
    }

    /** The next call; null when all agrees. */
    @Nullable Call next() {
        Map<Instance.Port, ServicePort> wanted = wanted();
        List<Instance.Port> surplus = instance.listeners().stream()
                .filter(listener -> isSurplus(listener, wanted)).map(InstanceListener::key)
                .toList();
        if (!surplus.isEmpty()) {
            return call("DeleteListener", () -> surplus.forEach(instance.byPort()::remove));
        }
        List<Instance.Port> missing = wanted.keySet().stream().filter(this::isMissing).toList();
        if (!missing.isEmpty()) {
            return call("CreateListener", () -> missing.forEach(port -> instance.byPort()
                    .put(port, new InstanceListener(port, settings.registration().listenerName(),
                            key, config.settings(service,
                                    Objects.requireNonNull(wanted.get(port)))))));
        }
        Map<InstanceListener, LoadBalancerSettings> changed = changed(wanted);
        if (!changed.isEmpty()) {
            return call("ModifyListener",
                    () -> changed.forEach(InstanceListener::settings));
        }
        List<InstanceListener> open = instance.listeners().stream()
                .filter(listener -> listener.isOf(key) && !listener.sources().equals(sources()))
                .toList();
        if (!open.isEmpty()) {
            return call("ModifySourceRanges",
                    () -> open.forEach(listener -> listener.sources(sources())));
        }
        for (Map.Entry<Instance.Port, ServicePort> entry : wanted.entrySet()) {
            InstanceListener listener = instance.byPort().get(entry.getKey());
            Call call = listener == null || !listener.isOf(key) ? null
                    : backends(listener, new BackendSelection(store, service,
                            listener.settings(), config).of(entry.getValue(), listener.vip()));
            if (call != null) {
                return call;
            }
        }
        return null;
    }

    private Map<Instance.Port, ServicePort> wanted() {
        Map<Instance.Port, ServicePort> wanted = new LinkedHashMap<>();
        for (IpAddress vip : instance.vips()) {
            for (ServicePort port : service.spec().ports()) {
                wanted.put(new Instance.Port(port.l4Protocol(), vip, port.port()), port);
            }
        }
        return wanted;
    }

    /** Listeners that shall behave otherwise; what they send to cannot be changed. */
    private Map<InstanceListener, LoadBalancerSettings> changed(
            Map<Instance.Port, ServicePort> wanted) {
        Map<InstanceListener, LoadBalancerSettings> changed = new LinkedHashMap<>();
        wanted.forEach((port, of) -> {
            InstanceListener listener = instance.byPort().get(port);
            LoadBalancerSettings asked = config.settings(service, of);
            if (listener != null && listener.isOf(key) && !listener.settings().equals(asked)) {
                changed.put(listener, asked);
            }
        });
        return changed;
    }

    /** Whom the cloud is to let in; what is no range was refused by the API server, or is not. */
    private List<Cidr> sources() {
        return settings.sourceRanges() == SourceRanges.NODES ? List.of()
                : Stream.concat(service.spec().loadBalancerSourceRanges().stream()
                        .map(String::strip).flatMap(range -> Cidr.parse(range).stream()),
                        settings.allowedRanges().stream()).toList();
    }

    private boolean isSurplus(InstanceListener listener, Map<Instance.Port, ServicePort> wanted) {
        if (!listener.isOf(key)) {
            return Ownership.isDisposable(instance);
        }
        ServicePort port = wanted.get(listener.key());
        return port == null
                || listener.settings().backends() != config.settings(service, port).backends();
    }

    private boolean isMissing(Instance.Port port) {
        InstanceListener there = instance.byPort().get(port);
        if (there != null && !there.isOf(key)) {
            conflict = "port conflict: " + port.word() + " is the listener "
                    + (there.isOf(there.owner()) ? "of " + there.owner()
                            : "\"" + there.name() + "\"");
        }
        return there == null;
    }

    private @Nullable Call backends(InstanceListener listener, List<Wish> wishes) {
        Map<String, Wish> wanted = new LinkedHashMap<>();
        wishes.forEach(wish -> wanted.put(wish.name(), wish));
        List<String> gone = listener.backends().stream().filter(b -> {
            Wish wish = wanted.get(b.name());
            return wish == null || !wish.isSameBackend(b);
        }).map(Backend::name).toList();
        List<Wish> missing = wishes.stream()
                .filter(w -> !listener.byName().containsKey(w.name())).toList();
        if (!missing.isEmpty()) {
            return call("RegisterTargets", () -> missing.forEach(wish -> listener.byName()
                    .put(wish.name(), new Backend(wish,
                            wish.probe() == null || settled && wish.passes()))));
        }
        if (!gone.isEmpty()) {
            return call("DeregisterTargets", () -> gone.forEach(listener.byName()::remove));
        }
        Call health = settled ? health(listener, wishes) : null;
        if (health != null) {
            return health;
        }
        List<Wish> reweighed = wishes.stream().filter(w -> {
            Backend bound = listener.byName().get(w.name());
            return bound != null && bound.weight() != w.weight();
        }).toList();
        return reweighed.isEmpty() ? null
                : call("ModifyTargetWeight", () -> reweighed.forEach(wish -> {
                    Backend bound = listener.byName().get(wish.name());
                    if (bound != null) {
                        bound.weight(wish.weight());
                    }
                }));
    }

    /** What has been so for long, the check has found out. */
    private static @Nullable Call health(InstanceListener listener, List<Wish> wishes) {
        List<Wish> turned = wishes.stream().filter(w -> {
            Backend bound = listener.byName().get(w.name());
            return bound != null && w.probe() != null && bound.healthy() != w.passes();
        }).toList();
        return turned.isEmpty() ? null : new Call(0, "health", () -> turned.forEach(wish -> {
            Backend bound = listener.byName().get(wish.name());
            if (bound != null) {
                bound.found(wish.passes());
            }
        }));
    }

    private Call call(String name, Runnable effect) {
        return new Call(settings.controller().apiLatencyNanos(), name, effect);
    }
}
