package dev.podhop.run.truth;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.nodedump.DumpedChain;
import dev.podhop.nodedump.DumpedRule;
import dev.podhop.nodedump.NodeDump;
import dev.podhop.nodedump.RuleCondition;
import dev.podhop.nodedump.RuleVerdict;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One packet's way through one base chain of a dump, as far as it is certain. Of a condition that
 * cannot be told, both is possible; what both ways lead to is certain still.
 */
final class RuleWalk {

    private static final int DEEPEST = 32;
    /** Devices of programs whose packets are none of a Service's. */
    private static final Pattern STRANGE = Pattern.compile(
            "lo|docker0|docker_gwbridge|br-[0-9a-f]{6,}|virbr\\d+|lxcbr\\d+|lxdbr\\d+|podman\\d+"
                    + "|tailscale\\d+|wg\\d+|zt\\w+|vmnet\\d+");

    private final NodeDump dump;
    private final ProbePacket probe;
    /** Whether an earlier rule may have decided already. */
    private boolean uncertain;
    private boolean markKnown = true;

    /** How it ends. */
    enum End {
        PASSED,
        ACCEPTED,
        DROPPED,
        /** Translated, or kept from kube-proxy's translation. */
        TAKEN,
        UNKNOWN
    }

    /** An end, and the rule that makes it; none for a policy. */
    record Ended(End end, @Nullable DumpedRule by, DumpedChain.Name in) {}

    RuleWalk(NodeDump dump, ProbePacket probe) {
        this.dump = dump;
        this.probe = probe;
    }

    Ended through(DumpedChain base) {
        Ended ended = chain(base.name(), 0);
        return ended.end() == End.PASSED && base.policy().equals("DROP")
                ? certain(End.DROPPED, null, base.name())
                : ended;
    }

    private Ended certain(End end, @Nullable DumpedRule by, DumpedChain.Name in) {
        return new Ended(uncertain ? End.UNKNOWN : end, by, in);
    }

    private Ended chain(DumpedChain.Name name, int depth) {
        List<DumpedRule> rules = depth > DEEPEST ? List.of()
                : dump.chain(name).map(DumpedChain::rules).orElse(List.of());
        for (DumpedRule rule : rules) {
            Boolean fits = fits(rule);
            if (fits == null || fits) {
                Ended ended = decided(name, rule, fits != null, depth);
                if (ended != null) {
                    return ended;
                }
            }
        }
        return new Ended(End.PASSED, null, name);
    }

    /** What a rule makes of it; null where it goes on to the next. */
    private @Nullable Ended decided(DumpedChain.Name name, DumpedRule rule, boolean fits,
            int depth) {
        RuleVerdict verdict = rule.verdict();
        switch (verdict.kind()) {
            case CONTINUE -> {
                return null;
            }
            case MARK -> {
                markKnown = false;
                return null;
            }
            case JUMP, GOTO -> {
                return jumped(name, rule, fits, depth);
            }
            case DROP, REJECT -> {
                return fits ? certain(End.DROPPED, rule, name) : null;
            }
            case RETURN -> {
                uncertain |= !fits;
                return fits ? new Ended(End.PASSED, rule, name) : null;
            }
            case ACCEPT, TRANSLATE -> {
                boolean keeps = name.table().equals("nat");
                uncertain |= !fits;
                return fits ? certain(keeps ? End.TAKEN : End.ACCEPTED, rule, name) : null;
            }
            case UNKNOWN -> {
                uncertain = true;
                return null;
            }
        }
        return null;
    }

    private @Nullable Ended jumped(DumpedChain.Name name, DumpedRule rule, boolean fits,
            int depth) {
        String target = rule.verdict().target();
        if (KubeChains.isOwn(target) && !target.equals("KUBE-FORWARD")) {
            return target.equals("KUBE-SERVICES") && name.table().equals("nat")
                    ? new Ended(End.ACCEPTED, rule, name)
                    : null;
        }
        Ended ended = chain(name.sibling(target), depth + 1);
        boolean back = ended.end() == End.PASSED;
        if (back && rule.verdict().kind() == RuleVerdict.Kind.GOTO && fits) {
            return ended;
        }
        if (back) {
            return null;
        }
        if (fits) {
            return ended;
        }
        if (ended.end() != End.DROPPED) {
            uncertain = true;
        }
        return null;
    }

    /** Whether a rule fits; null where that cannot be told. */
    private @Nullable Boolean fits(DumpedRule rule) {
        boolean known = true;
        for (RuleCondition condition : rule.conditions()) {
            Boolean holds = holds(condition);
            if (holds == null) {
                known = false;
            } else if (holds == condition.negated()) {
                return false;
            }
        }
        return known ? Boolean.TRUE : null;
    }

    private @Nullable Boolean holds(RuleCondition condition) {
        List<String> values = condition.values();
        return switch (condition.kind()) {
            case SOURCE -> within(values, probe.source());
            case DESTINATION -> within(values, probe.destination());
            case PROTOCOL -> values.stream().anyMatch(v -> v.equals("all")
                    || v.equalsIgnoreCase(probe.protocol().lowerCase())
                    || v.equals(String.valueOf(probe.protocol().number())));
            case SOURCE_PORT -> port(values, probe.sourcePort(), probe.established());
            case DESTINATION_PORT -> port(values, probe.destinationPort(), !probe.established());
            case IN_DEVICE -> device(values, probe.from());
            case OUT_DEVICE -> device(values, probe.to());
            case STATE -> state(values);
            case MARK -> mark(values.getFirst());
            case DESTINATION_TYPE -> local(values, probe.toNode());
            case SOURCE_TYPE -> local(values, probe.fromNode());
            case UNKNOWN -> null;
        };
    }

    private static @Nullable Boolean within(List<String> values, IpAddress address) {
        boolean known = true;
        for (String value : values) {
            Optional<Cidr> range = IpAddress.parse(value).map(Cidr::host)
                    .or(() -> Cidr.parse(value));
            if (range.isEmpty()) {
                known = false;
            } else if (range.get().family() == address.family()
                    && range.get().contains(address)) {
                return true;
            }
        }
        return known ? Boolean.FALSE : null;
    }

    /** @param chosen whether the port is one that the Service says, and no client's own */
    private static @Nullable Boolean port(List<String> values, int port, boolean chosen) {
        if (!chosen) {
            return null;
        }
        for (String value : values) {
            String[] ends = value.split("[:-]");
            if (!value.matches("\\d{1,5}([:-]\\d{1,5})?")) {
                return null;
            }
            if (Integer.parseInt(ends[0]) <= port
                    && port <= Integer.parseInt(ends[ends.length - 1])) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Boolean device(List<String> values, String device) {
        if (values.stream().allMatch(v -> STRANGE.matcher(v).matches() && !v.equals(device))) {
            return false;
        }
        return device.isEmpty() ? null
                : values.stream().anyMatch(v -> v.endsWith("+") || v.endsWith("*")
                        ? device.startsWith(v.substring(0, v.length() - 1))
                        : v.equals(device));
    }

    private @Nullable Boolean state(List<String> values) {
        if (values.contains(probe.established() ? "ESTABLISHED" : "NEW")
                || values.contains(probe.established() ? "established" : "new")) {
            return true;
        }
        return values.stream().map(String::toUpperCase).anyMatch(
                v -> v.equals("DNAT") || v.equals("SNAT")) ? null : Boolean.FALSE;
    }

    private @Nullable Boolean mark(String value) {
        if (!markKnown) {
            return null;
        }
        try {
            String[] parts = value.split("/");
            long wanted = Long.decode(parts[0]);
            long mask = parts.length > 1 ? Long.decode(parts[1]) : 0xffffffffL;
            return (probe.mark() & mask) == wanted;
        } catch (NumberFormatException unusual) {
            return null;
        }
    }

    private static Boolean local(List<String> values, boolean own) {
        return values.contains("LOCAL") && own || values.contains("UNICAST") && !own;
    }
}
