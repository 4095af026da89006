package dev.podhop.netstack.route;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Longest-prefix match: a hash table for each prefix length that occurs, longest first. A lookup
 * allocates nothing and costs as many probes as there are lengths, however many routes there are.
 * The few routes of a pod are walked, longest first, and need no table.
 */
final class PrefixTable {

    /** So many are walked as fast as they are hashed. */
    private static final int FEW = 4;
    private static final Level[] NONE = {};
    private static final Comparator<Route> LONGEST_FIRST =
            Comparator.comparingInt((Route route) -> route.destination().prefixLength()).reversed();

    private final List<Route> routes = new ArrayList<>(2);
    /** The same, longest first, of one length the one that came first; null beyond a few. */
    private Route @Nullable [] few = {};
    private Level[] levels = NONE;

    /** All routes of one family and one prefix length. */
    private static final class Level {
        final IpFamily family;
        final int length;
        final long highMask;
        final long lowMask;
        Route[] slots = new Route[2];
        int used;

        Level(IpFamily family, int length) {
            this.family = family;
            this.length = length;
            boolean v4 = family == IpFamily.IPv4;
            this.highMask = v4 ? 0 : ones(Math.min(length, 64));
            this.lowMask = v4 ? ones(length) >>> 32 : ones(Math.max(length - 64, 0));
        }

        @Nullable Route find(long high, long low) {
            int mask = slots.length - 1;
            int at = slot(high, low) & mask;
            for (Route route = slots[at]; route != null; route = slots[at]) {
                IpAddress base = route.destination().base();
                if (base.low() == low && base.high() == high) {
                    return route;
                }
                at = (at + 1) & mask;
            }
            return null;
        }

        void insert(Route route) {
            if (2 * (used + 1) > slots.length) {
                Route[] old = slots;
                slots = new Route[old.length * 2];
                used = 0;
                for (Route each : old) {
                    if (each != null) {
                        insert(each);
                    }
                }
            }
            int mask = slots.length - 1;
            IpAddress base = route.destination().base();
            int at = slot(base.high(), base.low()) & mask;
            while (slots[at] != null) {
                if (slots[at].destination().base().same(base)) {
                    return; // the route that came first wins: fib_table_insert without replace
                }
                at = (at + 1) & mask;
            }
            slots[at] = route;
            used++;
        }

        private static int slot(long high, long low) {
            long mixed = (low + high * 31) * 0x9e3779b97f4a7c15L;
            return (int) (mixed >>> 40);
        }

        private static long ones(int count) {
            return count == 0 ? 0 : -1L << (64 - count);
        }
    }

    void add(Route route) {
        routes.add(route);
        if (routes.size() <= FEW) {
            walk();
        } else if (few != null) {
            few = null;
            routes.forEach(this::index);
        } else {
            index(route);
        }
    }

    private void walk() {
        few = routes.stream().sorted(LONGEST_FIRST).toArray(Route[]::new);
    }

    void removeIf(Predicate<Route> which) {
        if (routes.removeIf(which)) {
            levels = NONE;
            if (routes.size() <= FEW) {
                walk();
            } else {
                routes.forEach(this::index);
            }
        }
    }

    /** The most specific route to the address; null for none. */
    @Nullable Route lookup(IpAddress address) {
        if (few != null) {
            for (Route route : few) {
                if (route.destination().contains(address)) {
                    return route;
                }
            }
            return null;
        }
        for (Level level : levels) {
            if (level.family == address.family()) {
                Route found = level.find(address.high() & level.highMask,
                        address.low() & level.lowMask);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    List<Route> routes() {
        return routes;
    }

    private void index(Route route) {
        Cidr destination = route.destination();
        for (Level level : levels) {
            if (level.family == destination.family()
                    && level.length == destination.prefixLength()) {
                level.insert(route);
                return;
            }
        }
        List<Level> more = new ArrayList<>(List.of(levels));
        Level level = new Level(destination.family(), destination.prefixLength());
        level.insert(route);
        more.add(level);
        more.sort(Comparator.comparingInt((Level l) -> l.length).reversed());
        levels = more.toArray(new Level[0]);
    }
}
