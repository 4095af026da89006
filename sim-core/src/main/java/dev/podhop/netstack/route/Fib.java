package dev.podhop.netstack.route;

import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A namespace's routes: the local table is asked before the main one ({@code fib_lookup} with the
 * default rules).
 */
public final class Fib {

    private final PrefixTable local = new PrefixTable();
    private final PrefixTable main = new PrefixTable();

    public void add(Route route) {
        (route.type() == RouteType.LOCAL ? local : main).add(route);
    }

    /** Removes the routes that match, in both tables. */
    public void removeIf(Predicate<Route> which) {
        local.removeIf(which);
        main.removeIf(which);
    }

    /** {@code fib_lookup}: the way to the address; null when there is none. */
    public @Nullable Route lookup(IpAddress destination) {
        Route found = local.lookup(destination);
        return found != null ? found : main.lookup(destination);
    }

    /** Whether the address is one of this host's own ({@code inet_addr_type == RTN_LOCAL}). */
    public boolean isLocal(IpAddress address) {
        return local.lookup(address) != null;
    }

    /** The main table as {@code ip route} lists it: by destination, default first. */
    public List<Route> main() {
        List<Route> routes = new ArrayList<>(main.routes());
        routes.sort(Comparator.comparing((Route r) -> r.destination().base())
                .thenComparingInt(r -> r.destination().prefixLength()));
        return routes;
    }
}
