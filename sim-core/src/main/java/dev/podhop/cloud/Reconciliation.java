package dev.podhop.cloud;

import dev.podhop.cloud.ControllerSettings.AccessSwitch;
import dev.podhop.cloud.LoadBalancerSettings.Entry;
import dev.podhop.cloud.LoadBalancerSettings.Ingress;
import dev.podhop.cloud.Registration.Addresses;
import dev.podhop.cloud.Registration.Wanted;
import dev.podhop.cloud.ServiceController.Call;
import dev.podhop.k8s.LoadBalancerIngress;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.ServiceSpec;
import dev.podhop.k8s.store.ApiStore;
import dev.podhop.net.IpAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The next step that brings a Service's load balancer nearer to what the Service asks. */
final class Reconciliation {

    private final ApiStore store;
    private final Cloud cloud;
    private final LoadBalancers config;
    private final Ownership ownership;
    private final Doors doors;
    private final Sharing sharing;
    private final Map<String, String> objections = new HashMap<>();

    Reconciliation(ApiStore store, Cloud cloud, LoadBalancers config, long seed) {
        this.store = store;
        this.cloud = cloud;
        this.config = config;
        this.doors = new Doors(store);
        this.sharing = new Sharing(store, cloud, config);
        this.ownership = new Ownership(cloud, seed);
    }

    /**
     * The next call; null when nothing is left to do.
     *
     * @param settled whether it has been so for long: targets are healthy if they pass the check
     */
    @Nullable Call next(String namespace, String name, boolean settled) {
        String key = namespace + "/" + name;
        objections.remove(key);
        Service service = store.get(Service.class, namespace, name);
        List<Instance> held = ownership.held(key);
        if (service == null || !service.spec().isType(ServiceSpec.LOAD_BALANCER)) {
            return held.isEmpty() ? withdrawStatus(service)
                    : release(key, held.getFirst(), config.settings(namespace, name));
        }
        LoadBalancerSettings settings = config.settings(service);
        if (held.isEmpty() && isLeftAlone(service, key, settings)) {
            return null;
        }
        if (doors.replace(service, settings)) {
            return held.isEmpty() ? doorsOf(service, settings, settled)
                    : release(key, held.getFirst(), settings);
        }
        Access asked = Access.of(settings);
        if (held.isEmpty()) {
            return acquire(service, key, asked, settings, settled);
        }
        Instance current = held.getFirst();
        if (!fits(current, asked)) {
            if (settings.controller().accessSwitch() == AccessSwitch.REBUILD) {
                return release(key, current, settings);
            }
            objections.put(key, "refused to make " + asked + " of " + word(current));
        }
        ListenerSync sync = new ListenerSync(store, service, key, settings, config,
                current, settled);
        Call call = sync.next();
        if (!sync.conflict().isEmpty()) {
            objections.put(key, sync.conflict());
        }
        return call != null ? call : status(service, current, settings);
    }

    /** A class that the controller does not take up, or an address that it does not take. */
    private boolean isLeftAlone(Service service, String key, LoadBalancerSettings settings) {
        Registration registration = settings.registration();
        String wanted = service.spec().loadBalancerClass();
        String refusal = config.refusal(service);
        if (!refusal.isEmpty()) {
            objections.put(key, refusal);
            return service.ingress().isEmpty();
        }
        if (!Doors.inStatus(service).isEmpty()) {
            return false;
        }
        if (wanted != null && !registration.classes().contains(wanted)) {
            objections.put(key, "loadBalancerClass " + wanted + " is not taken up");
            return true;
        }
        if (!service.spec().loadBalancerIP().isEmpty()
                && registration.loadBalancerIP() == Wanted.REFUSED) {
            objections.put(key, "refused loadBalancerIP " + service.spec().loadBalancerIP());
            return true;
        }
        return false;
    }

    /** The nodes are the doors; what a file shows of itself at the beginning holds. */
    private @Nullable Call doorsOf(Service service, LoadBalancerSettings settings,
            boolean settled) {
        List<IpAddress> shown = Doors.inStatus(service);
        List<IpAddress> wanted = doors.ofNodes(service);
        return settings.entry() != Entry.EACH_NODE || wanted.equals(shown)
                || settled && !shown.isEmpty() ? null : show(service, wanted);
    }

    private Call show(Service service, List<IpAddress> addresses) {
        String mode = service.ingress().isEmpty() ? "VIP" : service.ingress().getFirst().ipMode();
        List<LoadBalancerIngress> ingress = addresses.stream()
                .map(address -> new LoadBalancerIngress(address.toString(), "", mode)).toList();
        return new Call(0, "status", () -> store.put(service.withIngress(ingress)));
    }

    private static boolean fits(Instance instance, Access asked) {
        return asked.kind() == Access.Kind.EXISTING
                ? asked.detail().equals(instance.id()) && !Ownership.isDisposable(instance)
                : instance.access().equals(asked);
    }

    private static String word(Instance instance) {
        return instance.access() + " " + instance.id();
    }

    private @Nullable Call acquire(Service service, String key, Access asked,
            LoadBalancerSettings settings, boolean settled) {
        List<IpAddress> known = knownVips(service, settings, settled);
        if (known.isEmpty()) {
            known = sharing.joined(service, settings);
        } else if (Doors.inStatus(service).isEmpty()) {
            String objection = sharing.objection(service, settings, known);
            if (!objection.isEmpty()) {
                objections.put(key, objection);
                return null;
            }
        }
        if (asked.kind() != Access.Kind.EXISTING) {
            List<IpAddress> addresses = known;
            return new Call(settings.controller().provisioningNanos(), "CreateLoadBalancer",
                    () -> ownership.markCreated(cloud.create(key, asked, addresses), key,
                            settings.registration().tags()));
        }
        Instance existing = cloud.existing(asked.detail(), known);
        boolean shared = settings.instance().shared();
        if (Ownership.isDisposable(existing)) {
            objections.put(key, "refused " + existing.id() + ": TKE made it for another Service");
            return null;
        }
        if (ownership.isTaken(existing, key, shared)) {
            objections.put(key, "refused " + existing.id() + ": another Service uses it");
            return null;
        }
        return new Call(settings.controller().apiLatencyNanos(), "TagResources",
                () -> ownership.markUsed(existing, key, shared));
    }

    /**
     * What the file says the address is. Once time runs, an address in a status may be one that a
     * load balancer has given up: it does not come back.
     */
    private List<IpAddress> knownVips(Service service, LoadBalancerSettings settings,
            boolean settled) {
        List<IpAddress> balanced = doors.balanced(service, settings);
        if (!balanced.isEmpty()
                && (settled || settings.registration().addresses() != Addresses.NEW)) {
            return balanced;
        }
        IpAddress given = config.address(service);
        if (given != null) {
            return List.of(given);
        }
        return settings.registration().loadBalancerIP() == Wanted.HONOURED
                ? IpAddress.parse(service.spec().loadBalancerIP()).stream().toList()
                : List.of();
    }

    /**
     * Gives an instance up: one that the controller made goes as a whole, another loses what the
     * controller put there, as far as it knows it again.
     */
    private Call release(String key, Instance instance, LoadBalancerSettings settings) {
        long latency = settings.controller().apiLatencyNanos();
        if (Ownership.isDisposable(instance)) {
            return new Call(latency, "DeleteLoadBalancer", () -> cloud.delete(instance));
        }
        List<Instance.Port> own = instance.listeners().stream().filter(l -> l.isOf(key))
                .map(InstanceListener::key).toList();
        return own.isEmpty()
                ? new Call(latency, "UnTagResources", () -> ownership.unmark(instance, key))
                : new Call(latency, "DeleteListener",
                        () -> own.forEach(instance.byPort()::remove));
    }

    private @Nullable Call withdrawStatus(@Nullable Service service) {
        return service == null || service.ingress().isEmpty() ? null
                : new Call(0, "status", () -> store.put(service.withIngress(List.of())));
    }

    /** The address that the Service shows, and that kube-proxy learns from it. */
    private @Nullable Call status(Service service, Instance instance,
            LoadBalancerSettings settings) {
        List<LoadBalancerIngress> has = service.ingress();
        List<IpAddress> balanced = doors.balanced(service, settings);
        if (settings.registration().addresses() == Addresses.FOLLOWED && !balanced.isEmpty()
                && !balanced.equals(instance.vips())) {
            // Nobody's cloud has no will of its own: the address is where the file says it is.
            return new Call(0, "address", () -> instance.vips(balanced));
        }
        boolean named = settings.ingress() == Ingress.HOSTNAME
                || !has.isEmpty() && Doors.inStatus(service).isEmpty();
        if (named ? !has.isEmpty() : balanced.equals(instance.vips())) {
            return null;
        }
        return !named ? show(service, instance.vips())
                : new Call(0, "status", () -> store.put(service.withIngress(
                        List.of(new LoadBalancerIngress("",
                                service.metadata().name() + ".lb.example", "")))));
    }

    /** The instance of that id, or else a Service's: its own, or one that was made for it. */
    @Nullable Instance find(String namespace, String name) {
        Instance byId = cloud.find(name);
        String key = namespace + "/" + name;
        return byId != null ? byId
                : ownership.held(key).stream().findFirst()
                        .or(() -> cloud.instances().stream().filter(i -> i.listeners().stream()
                                .anyMatch(l -> l.owner().equals(key))).findFirst())
                        .orElse(null);
    }

    /** The addresses by which the world reaches a Service. */
    List<IpAddress> addresses(Service service) {
        Instance held = held(service);
        LoadBalancerSettings settings = config.settings(service);
        List<IpAddress> own = settings.entry() == Entry.EACH_NODE ? Doors.inStatus(service)
                : doors.own(service, settings);
        return Stream.concat(own.stream(),
                held == null ? Stream.of() : held.vips().stream()).distinct().toList();
    }

    @Nullable Instance held(Service service) {
        String key = service.metadata().namespace() + "/" + service.metadata().name();
        return ownership.held(key).stream().findFirst().orElse(null);
    }

    String objection(String key) {
        return objections.getOrDefault(key, "");
    }
}
