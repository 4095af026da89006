package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.ProxyVersion;
import dev.podhop.net.Hook;
import dev.podhop.netstack.netfilter.BaseChain;
import java.util.List;
import java.util.Locale;

/**
 * The chains of the table that hang in hooks, in the order in which {@code nft} lists them: what is
 * asked where, and before or after translation.
 *
 * <p>The priorities decide what a check sees. At -110 in OUTPUT it is the address that was called,
 * at -110 in FORWARD and INPUT the endpoint, for PREROUTING's translation lies between.
 */
enum TableLayout {

    /** Up to 1.33. A node's own calls meet the endpoints check before they are translated. */
    EARLY(List.of(
            filter("filter-prerouting", Hook.PREROUTING, -110, Target.FIREWALL_CHECK),
            filter("filter-input", Hook.INPUT, -110, Target.NODEPORT_ENDPOINTS_CHECK,
                    Target.SERVICE_ENDPOINTS_CHECK),
            filter("filter-forward", Hook.FORWARD, -110, Target.SERVICE_ENDPOINTS_CHECK,
                    Target.CLUSTER_IPS_CHECK),
            filter("filter-output", Hook.OUTPUT, -110, Target.SERVICE_ENDPOINTS_CHECK,
                    Target.FIREWALL_CHECK),
            filter("filter-output-post-dnat", Hook.OUTPUT, -90, Target.CLUSTER_IPS_CHECK),
            nat("nat-prerouting", Hook.PREROUTING, -100, Target.SERVICES),
            nat("nat-output", Hook.OUTPUT, -100, Target.SERVICES),
            nat("nat-postrouting", Hook.POSTROUTING, 100, Target.MASQUERADING))),

    /** Since 1.34 (k/k#132456): only source ranges are checked before translation. */
    LATER(List.of(
            filter("filter-prerouting-pre-dnat", Hook.PREROUTING, -110, Target.FIREWALL_CHECK),
            filter("filter-output-pre-dnat", Hook.OUTPUT, -110, Target.FIREWALL_CHECK),
            filter("filter-input", Hook.INPUT, 0, Target.NODEPORT_ENDPOINTS_CHECK,
                    Target.SERVICE_ENDPOINTS_CHECK),
            filter("filter-forward", Hook.FORWARD, 0, Target.SERVICE_ENDPOINTS_CHECK,
                    Target.CLUSTER_IPS_CHECK),
            filter("filter-output", Hook.OUTPUT, 0, Target.SERVICE_ENDPOINTS_CHECK,
                    Target.CLUSTER_IPS_CHECK),
            nat("nat-prerouting", Hook.PREROUTING, -100, Target.SERVICES),
            nat("nat-output", Hook.OUTPUT, -100, Target.SERVICES),
            nat("nat-postrouting", Hook.POSTROUTING, 100, Target.MASQUERADING)));

    /** A chain without a hook of its own, to which base chains jump. */
    enum Target {
        FIREWALL_CHECK, SERVICE_ENDPOINTS_CHECK, NODEPORT_ENDPOINTS_CHECK, CLUSTER_IPS_CHECK,
        SERVICES, MASQUERADING;

        /** Its name. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** A base chain with its jumps. */
    record Base(String name, BaseChain.Type type, Hook hook, int priority, List<Target> targets) {

        /** A connection that is open already is not examined again; nat never sees it. */
        boolean newOnly() {
            return type == BaseChain.Type.FILTER;
        }

        /** The rule that leads to a target. */
        String jump(Target target) {
            return (newOnly() ? "ct state new " : "") + "jump " + target;
        }

        /** The line that makes it a base chain. */
        String declaration() {
            return "type " + word() + " hook " + hook.name().toLowerCase(Locale.ROOT)
                    + " priority " + printedPriority() + "; policy accept;";
        }

        private String word() {
            return type.name().toLowerCase(Locale.ROOT);
        }

        /** {@code nft} has names for the priorities that a hook usually has. */
        private String printedPriority() {
            if (hook == Hook.PREROUTING && priority < 0) {
                return priority == -100 ? "dstnat" : "dstnat - " + (-100 - priority);
            }
            if (hook == Hook.POSTROUTING) {
                return "srcnat";
            }
            return priority == 0 ? "filter" : String.valueOf(priority);
        }
    }

    private final List<Base> chains;

    TableLayout(List<Base> chains) {
        this.chains = chains;
    }

    static TableLayout of(ProxyVersion version) {
        return version.nftChecksAfterDnat() ? LATER : EARLY;
    }

    private static Base filter(String name, Hook hook, int priority, Target... targets) {
        return new Base(name, BaseChain.Type.FILTER, hook, priority, List.of(targets));
    }

    private static Base nat(String name, Hook hook, int priority, Target... targets) {
        return new Base(name, BaseChain.Type.NAT, hook, priority, List.of(targets));
    }

    List<Base> chains() {
        return chains;
    }
}
