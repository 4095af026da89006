package dev.podhop.cloud;

import dev.podhop.cloud.Registration.Tags;
import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whose a load balancer is: what the tags say, and nothing else.
 *
 * <p>TKE knows its instances by three tags
 * (https://www.tencentcloud.com/document/product/457/36835, 38336): whoever alters the cluster's or
 * the Service's makes it buy another; without {@code tke-createdBy-flag} it will not delete what it
 * bought. On AWS one tag names the Service; elsewhere nobody can take one from its Service.
 */
public final class Ownership {

    public static final String CREATED = "tke-createdBy-flag";
    public static final String CLUSTER = "tke-clusterId";
    public static final String SERVICE = "tke-lb-serviceuuid";
    /** The value of the tag, named by the Service, on an instance that several share. */
    private static final String SHARED = "tke-lb-serviceId";
    private static final String YES = "yes";
    /** As the AWS controllers tag. */
    private static final String NAME = "kubernetes.io/service-name";

    private final Cloud cloud;
    private final String clusterId;
    private final long seed;

    Ownership(Cloud cloud, long seed) {
        this.cloud = cloud;
        this.seed = seed;
        this.clusterId = "cls-" + hex("cluster");
    }

    private String hex(String name) {
        return String.format(Locale.ROOT, "%08x", (int) Rng.mix(seed, Keys.of(name)));
    }

    /** The instances that are a Service's, oldest first. */
    List<Instance> held(String service) {
        String uuid = hex(service);
        return cloud.instances().stream().filter(i -> service.equals(i.owner())
                || service.equals(i.tags().get(NAME))
                || clusterId.equals(i.tags().get(CLUSTER))
                        && (uuid.equals(i.tags().get(SERVICE))
                                || SHARED.equals(i.tags().get(uuid))))
                .toList();
    }

    /** Marks an instance that was made for a Service. */
    void markCreated(Instance instance, String service, Tags tags) {
        switch (tags) {
            case TKE -> {
                instance.tags().put(CREATED, YES);
                markUsed(instance, service, false);
            }
            case SERVICE_NAME -> instance.tags().put(NAME, service);
            case NONE -> instance.owner(service);
        }
    }

    /** Marks an instance that was there before. */
    void markUsed(Instance instance, String service, boolean shared) {
        instance.tags().put(CLUSTER, clusterId);
        if (shared) {
            instance.tags().put(hex(service), SHARED);
        } else {
            instance.tags().put(SERVICE, hex(service));
        }
    }

    /** The Service is done with it. The cluster's tag stays on what was shared. */
    void unmark(Instance instance, String service) {
        Map<String, String> tags = instance.tags();
        if (tags.remove(hex(service)) == null) {
            tags.remove(CLUSTER);
        }
        tags.remove(SERVICE, hex(service));
        tags.remove(NAME, service);
        if (service.equals(instance.owner())) {
            instance.owner("");
        }
    }

    /** Whether the controller may delete it. */
    static boolean isDisposable(Instance instance) {
        return YES.equals(instance.tags().get(CREATED)) || instance.tags().containsKey(NAME)
                || !instance.owner().isEmpty();
    }

    /** Whether another Service has it for itself. */
    boolean isTaken(Instance instance, String service, boolean shared) {
        String holder = instance.tags().get(SERVICE);
        boolean sharedByOthers = instance.tags().containsValue(SHARED);
        return holder != null && !holder.equals(hex(service)) || sharedByOthers && !shared;
    }
}
