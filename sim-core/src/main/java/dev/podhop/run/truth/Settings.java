package dev.podhop.run.truth;

import dev.podhop.nodedump.DumpedSetting;
import dev.podhop.nodedump.NodeDump;
import dev.podhop.scenario.LoadedScenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Settings of a node's kernel that decide calls, where they are not what was taken for granted. */
public final class Settings {

    /** The kernel takes the larger of all and the device's own. */
    private static final String RP_FILTER = "net.ipv4.conf.all.rp_filter";
    /** Devices by which nodes reach each other. */
    private static final Pattern UPLINK =
            Pattern.compile("net\\.ipv4\\.conf\\.(e(th|n|ns|no)|bond|team)\\w*\\.rp_filter");
    /** Each with what a node that runs Services has. */
    private static final List<String> DECIDING = List.of("net.ipv4.ip_forward=1",
            "net.ipv6.conf.all.forwarding=1", "net.bridge.bridge-nf-call-iptables=1",
            "net.bridge.bridge-nf-call-ip6tables=1", RP_FILTER + "=0",
            "net.ipv4.conf.all.accept_local=0");

    private Settings() {}

    /**
     * One that differs.
     *
     * @param found with where it stands
     * @param value what it comes to
     * @param stated whether the file says what is expected; else it was assumed
     */
    public record Differing(String name, String value, String expected, DumpedSetting found,
            boolean stated) {

        /** As {@code --set} takes it. */
        public String setting() {
            return "network.sysctls." + name + "=" + value;
        }
    }

    /** Those of a node's dump that differ from what the scenario says or assumes. */
    public static List<Differing> of(LoadedScenario scenario, NodeDump dump) {
        List<Differing> differing = new ArrayList<>();
        for (String each : DECIDING) {
            String name = each.substring(0, each.indexOf('='));
            String own = scenario.spec().network().sysctls().nodes().get(name);
            boolean stated = own != null && scenario.assumptions().stream()
                    .noneMatch(a -> a.key().equals("network.sysctls." + name));
            String expected = own == null ? each.substring(each.indexOf('=') + 1) : own;
            deciding(name, dump).filter(s -> !s.value().equals(expected)).ifPresent(
                    s -> differing.add(new Differing(name, s.value(), expected, s, stated)));
        }
        return differing;
    }

    /** Whether a node's connection table has room for hardly anything new. */
    static Optional<Truth> full(String node, NodeDump dump) {
        Optional<DumpedSetting> count = dump.setting("net.netfilter.nf_conntrack_count");
        Optional<DumpedSetting> max = dump.setting("net.netfilter.nf_conntrack_max")
                .or(() -> dump.setting("net.nf_conntrack_max"));
        if (count.isEmpty() || max.isEmpty() || !count.get().value().matches("\\d{1,15}")
                || !max.get().value().matches("\\d{1,15}")) {
            return Optional.empty();
        }
        long most = Long.parseLong(max.get().value());
        boolean full = most > 0 && Long.parseLong(count.get().value()) * 10 >= most * 9;
        return full ? Optional.of(new Truth(Truth.Kind.TABLE_FULL, node, count.get().where(),
                TruthReason.TABLE_FULL.of(node, count.get().value(), most,
                        Truths.place(count.get().where()))))
                : Optional.empty();
    }

    private static Optional<DumpedSetting> deciding(String name, NodeDump dump) {
        Optional<DumpedSetting> all = dump.setting(name);
        if (!name.equals(RP_FILTER)) {
            return all;
        }
        return dump.settings().stream().filter(s -> s.name().equals(name)
                || UPLINK.matcher(s.name()).matches())
                .max(Comparator.comparing(DumpedSetting::value));
    }
}
