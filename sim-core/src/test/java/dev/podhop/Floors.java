package dev.podhop;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The floors of the house: each row of {@link #FLOORS} knows the rows above it in the list, never
 * its neighbours and never what follows.
 *
 * <p>A package below a listed one and not listed itself is part of it, as {@code k8s.source} is of
 * {@code k8s}.
 */
final class Floors extends ArchCondition<JavaClass> {

    static final List<Set<String>> FLOORS = List.of(
            Set.of("engine", "net"),
            Set.of("packet"),
            Set.of("trace"),
            Set.of("netstack.device", "netstack.route", "netstack.conntrack", "netstack.nat",
                    "netstack.netfilter", "netstack.ipvs"),
            Set.of("netstack"),
            Set.of("k8s"),
            Set.of("k8s.controller", "nodedump", "kubelet", "kubeproxy", "kubeproxy.iptables",
                    "kubeproxy.ipvs", "kubeproxy.nftables", "cni", "cloud", "dns"),
            Set.of("cluster", "workload"),
            Set.of("scenario", "scenario.expect", "scenario.invariant"),
            Set.of("run.result"),
            Set.of("run.stage"),
            Set.of("run.state", "run.diagnosis"),
            Set.of("run.odds"),
            Set.of("run"));

    /** Who may know one neighbour, and whom (docs/decisions/0001). */
    static final Map<String, String> NEIGHBOURS = Map.of(
            "netstack.nat", "netstack.conntrack",
            "netstack.ipvs", "netstack.netfilter",
            "netstack.route", "netstack.device",
            "kubeproxy.iptables", "kubeproxy",
            "kubeproxy.ipvs", "kubeproxy",
            "kubeproxy.nftables", "kubeproxy",
            "cluster", "workload",
            "scenario.expect", "scenario",
            "scenario.invariant", "scenario");

    private final String house;

    /**
     * The condition for one house.
     *
     * @param house the package whose sub-packages are the floors
     */
    Floors(String house) {
        super("depend only on packages of lower floors");
        this.house = house + ".";
    }

    @Override
    public void check(JavaClass from, ConditionEvents events) {
        String here = unit(from);
        if (floor(here) < 0) {
            events.add(SimpleConditionEvent.violated(from,
                    from.getFullName() + " stands on no floor: no package of the table holds it"));
            return;
        }
        for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
            JavaClass to = dependency.getTargetClass().getBaseComponentType();
            if (to.getName().startsWith(house) && !may(here, unit(to))) {
                events.add(SimpleConditionEvent.violated(from, dependency.getDescription()));
            }
        }
    }

    private static boolean may(String from, String to) {
        return from.equals(to) || to.equals(NEIGHBOURS.get(from))
                || floor(to) >= 0 && floor(to) < floor(from);
    }

    /** The listed package that a class belongs to; its own where none is listed. */
    private String unit(JavaClass member) {
        String own = (member.getPackageName() + ".").substring(house.length());
        return unit(own.isEmpty() ? own : own.substring(0, own.length() - 1));
    }

    /** The listed package that one below it is part of; the same where none is listed. */
    static String unit(String own) {
        for (String name = own; !name.isEmpty(); name = parent(name)) {
            if (floor(name) >= 0) {
                return name;
            }
        }
        return own;
    }

    private static String parent(String name) {
        return name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }

    static int floor(String name) {
        for (int i = 0; i < FLOORS.size(); i++) {
            if (FLOORS.get(i).contains(name)) {
                return i;
            }
        }
        return -1;
    }
}
