package dev.podhop.cloud;

import dev.podhop.engine.Keys;
import dev.podhop.engine.Rng;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The account at the cloud: which load balancers there are, whoever made them.
 *
 * <p>What is asked of it happens at once; that a real cloud takes its time is the business of who
 * asks ({@link ServiceController}).
 */
public final class Cloud {

    private static final int ID_LETTERS = 8;
    private static final int RADIX = 36;

    private final long seed;
    private final VipPool pool = new VipPool();
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private int made;

    /** @param seed of the run: ids are drawn from it */
    public Cloud(long seed) {
        this.seed = seed;
    }

    /** Who is told that something about a load balancer is another than before. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Tells that something changed. */
    public void tell() {
        listeners.forEach(Runnable::run);
    }

    /** All load balancers, oldest first. */
    public Collection<Instance> instances() {
        return instances.values();
    }

    @Nullable Instance find(String id) {
        return instances.get(id);
    }

    /** Who has one of these addresses, oldest first. */
    List<Instance> holders(List<IpAddress> addresses) {
        return instances.values().stream()
                .filter(i -> i.vips().stream().anyMatch(addresses::contains)).toList();
    }

    /** An address that is in use: nobody else is given it. */
    void reserve(IpAddress address) {
        pool.take(address);
    }

    /**
     * A new one.
     *
     * @param owner for whom, which its id is drawn from
     * @param vips the addresses that it is known to have; none: one of the pool
     */
    Instance create(String owner, Access access, List<IpAddress> vips) {
        long bits = Rng.mix(seed, Keys.of(owner), made++);
        String letters = Long.toUnsignedString(bits, RADIX).toLowerCase(Locale.ROOT);
        return add("lb-" + letters.substring(letters.length() - ID_LETTERS), access, vips);
    }

    /** One that somebody has bought, and that the account has had all along. */
    Instance existing(String id, List<IpAddress> vips) {
        Instance known = instances.get(id);
        return known != null ? known : add(id, new Access(Access.Kind.EXISTING, id), vips);
    }

    private Instance add(String id, Access access, List<IpAddress> vips) {
        vips.forEach(pool::take);
        Instance instance = new Instance(id, access,
                vips.isEmpty() ? List.of(pool.next(access.kind())) : vips);
        instances.put(id, instance);
        return instance;
    }

    /** It is gone with all its listeners. */
    void delete(Instance instance) {
        instances.remove(instance.id());
    }
}
