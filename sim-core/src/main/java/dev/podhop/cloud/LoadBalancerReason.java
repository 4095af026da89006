package dev.podhop.cloud;

import dev.podhop.trace.Cites;
import dev.podhop.trace.Evidence;
import dev.podhop.trace.Reason;
import java.util.ArrayList;
import java.util.List;

/** Why a load balancer did something; the sentences live in the reports' bundles. */
public enum LoadBalancerReason implements Reason {
    /** A backend was chosen among {@code n} by the scheduler. */
    CHOSEN("lb.chosen", Of.TARGET, "loadBalancer", "backend", "endpoint", "n", "scheduler", "vip"),
    /** All backends are unhealthy, and so all are used. */
    CHOSEN_ALL_UNHEALTHY("lb.chosen.all-unhealthy", Of.TARGET, "loadBalancer", "backend",
            "endpoint", "n",
            "scheduler", "vip"),
    /** Each of an address's Services has elected another node, and they all answer. */
    SEVERAL_ANNOUNCE("lb.several-announce", Of.TARGET, "loadBalancer", "backend", "endpoint", "n",
            "scheduler", "vip"),
    NO_LISTENER("lb.no-listener", Cites.holder("what"), "what"),
    NO_HEALTHY_BACKEND("lb.no-healthy-backend", Of.BACKENDS, "what"),
    ONLY_ITSELF("lb.only-itself", Of.LOOP, "what"),
    /** No node answers for the address, and so nobody gets the packet. */
    NOBODY_ANNOUNCES("lb.nobody-announces", Of.BACKENDS, "what"),
    /** A host of the internet has no route to a private address. */
    INTERNAL("lb.internal", Cites.setting("loadBalancer.access"), "what"),
    SOURCE_RANGES("lb.source-ranges", Of.service("spec.loadBalancerSourceRanges"), "what"),
    SESSION_OVER("lb.session-over", Of.SESSIONS, "what"),
    SOURCE_REWRITTEN("lb.source-rewritten", Cites.setting("loadBalancer.clientIP"), "address");

    private final Wording wording;

    LoadBalancerReason(String code, Cites cites, String... arguments) {
        this.wording = Wording.of(code, cites, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }

    /** Why a backend was left out that is the one who calls. */
    static List<Evidence> loopAvoidance(String balancer) {
        return List.of(new Evidence.Setting("loadBalancer.loopAvoidance", Of.owner(balancer)));
    }

    /** What they rest on; {@code lb/web} and {@code lb/shop/web} are named after their Service. */
    private static final class Of {
        static final Cites TARGET = arguments -> {
            String balancer = arguments.getOrDefault("loadBalancer", "");
            String vip = arguments.getOrDefault("vip", "");
            List<Evidence> all = new ArrayList<>(Cites.service(owner(balancer),
                    "spec.ports[port=" + vip.substring(vip.lastIndexOf(':') + 1) + "]"));
            all.addAll(Cites.holder("endpoint").of(arguments));
            all.add(new Evidence.Setting("loadBalancer.backends", owner(balancer)));
            all.add(new Evidence.BalancerTarget(balancer,
                    arguments.getOrDefault("backend", "")));
            return all;
        };
        static final Cites BACKENDS = service("spec.ports")
                .and(setting("loadBalancer.backends"));
        static final Cites LOOP = service("spec.ports")
                .and(setting("loadBalancer.loopAvoidance"));
        static final Cites SESSIONS = setting("loadBalancer.sessions");

        private Of() {}

        private static String owner(String balancer) {
            String name = balancer.replaceFirst("^lb/", "");
            return name.contains("/") ? name : "default/" + name;
        }

        static Cites service(String path) {
            return arguments -> Cites.service(owner(arguments.getOrDefault("what", "")), path);
        }

        static Cites setting(String path) {
            return arguments -> List.of(
                    new Evidence.Setting(path, owner(arguments.getOrDefault("what", ""))));
        }
    }
}
