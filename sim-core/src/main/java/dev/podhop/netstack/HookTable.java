package dev.podhop.netstack;

import dev.podhop.net.Hook;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.netfilter.BaseChain;
import dev.podhop.netstack.netfilter.BaseChain.Place;
import dev.podhop.netstack.netfilter.BaseChain.Rules;
import dev.podhop.netstack.netfilter.HookCallback;
import dev.podhop.netstack.netfilter.IptablesTable;
import dev.podhop.netstack.netfilter.RuleOwner;
import dev.podhop.netstack.netfilter.RuleProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What hangs in the hooks of one namespace: the one door through which rules come in.
 *
 * <p>Each owner has one program. Installing another one in its place keeps the places that its
 * chains have; an owner that comes anew goes to the top or the bottom of each chain, as it says.
 */
public final class HookTable {

    private static final Callback[] NONE = {};
    private static final Hook[] HOOKS = Hook.values();
    private static final Callback[][] NOTHING = nothing();

    private final Hooks hooks;
    private final boolean tracks;
    private final Map<RuleOwner, RuleProgram> programs = new EnumMap<>(RuleOwner.class);
    /** Who has rules in a chain, in their order; chains in the order of their registration. */
    private final Map<Chain, List<RuleOwner>> chains = new LinkedHashMap<>();
    /** Those whose policy is DROP. */
    private final Set<Chain> dropping = new HashSet<>();
    /** By hook: IPv4's list, then IPv6's; all of them empty where nothing tracks connections. */
    private Callback[][] callbacks = NOTHING;

    /** What makes two owners' rules parts of one chain; each family has chains of its own. */
    private record Chain(Hook hook, String table, BaseChain.Type type, int priority,
            IpFamily family) {

        static List<Chain> of(BaseChain part) {
            return part.family() != null ? List.of(of(part, part.family()))
                    : List.of(of(part, IpFamily.IPv4), of(part, IpFamily.IPv6));
        }

        private static Chain of(BaseChain part, IpFamily family) {
            return new Chain(part.hook(), part.table(), part.type(), part.priority(), family);
        }
    }

    /** @param tracks whether the namespace has a connection table, and so callbacks at all */
    HookTable(Hooks hooks, boolean tracks) {
        this.hooks = hooks;
        this.tracks = tracks;
        if (tracks) {
            compile();
        }
    }

    private static Callback[][] nothing() {
        Callback[][] lists = new Callback[2 * HOOKS.length][];
        Arrays.fill(lists, NONE);
        return lists;
    }

    /** The list of a hook, lowest priority first. */
    Callback[] callbacks(Hook hook, boolean v4) {
        return callbacks[hook.ordinal() * 2 + (v4 ? 0 : 1)];
    }

    /** Puts an owner's rules in force, all at once, in place of those that it had. */
    public void install(RuleOwner owner, RuleProgram program) {
        requireTracking();
        programs.put(owner, program);
        List<Chain> used =
                program.chains().stream().flatMap(part -> Chain.of(part).stream()).toList();
        chains.forEach(
                (chain, owners) -> owners.removeIf(o -> o == owner && !used.contains(chain)));
        for (BaseChain part : program.chains()) {
            for (Chain chain : Chain.of(part)) {
                List<RuleOwner> owners =
                        chains.computeIfAbsent(chain, added -> new ArrayList<>());
                if (!owners.contains(owner)) {
                    owners.add(part.place() == Place.TOP ? 0 : owners.size(), owner);
                }
            }
        }
        compile();
    }

    private void requireTracking() {
        if (!tracks) {
            throw new IllegalStateException("rules where no connection is tracked");
        }
    }

    /** Takes an owner's rules away. */
    public void remove(RuleOwner owner) {
        if (programs.remove(owner) != null) {
            chains.values().forEach(owners -> owners.remove(owner));
            compile();
        }
    }

    /** Takes all rules away. */
    public void clear() {
        List.copyOf(programs.keySet()).forEach(this::remove);
    }

    /** {@code iptables -P CHAIN DROP}: what no rule of the chain decides on is dropped. */
    public void drop(IptablesTable table, Hook hook, IpFamily family) {
        requireTracking();
        Chain chain = Chain.of(BaseChain.of(table, hook, (packet, verdict) -> {}).of(family))
                .getFirst();
        dropping.add(chain);
        chains.computeIfAbsent(chain, added -> new ArrayList<>());
        compile();
    }

    /** The owners of rules in a chain of iptables, in the order in which they are asked. */
    public List<RuleOwner> owners(String table, Hook hook) {
        return chains.entrySet().stream()
                .filter(each -> each.getKey().table().equals(table) && each.getKey().hook() == hook)
                .flatMap(each -> each.getValue().stream()).distinct().toList();
    }

    private void compile() {
        chains.entrySet()
                .removeIf(each -> each.getValue().isEmpty() && !dropping.contains(each.getKey()));
        Callback[][] compiled = nothing();
        for (Hook hook : HOOKS) {
            for (IpFamily family : List.of(IpFamily.IPv4, IpFamily.IPv6)) {
                compiled[hook.ordinal() * 2 + (family == IpFamily.IPv4 ? 0 : 1)] =
                        compile(hook, family);
            }
        }
        callbacks = compiled;
    }

    private Callback[] compile(Hook hook, IpFamily family) {
        List<Callback> list =
                new ArrayList<>(hooks.builtIn(hook, natChains(hook, family)));
        for (Chain chain : lastFirst(hook, family, BaseChain.Type.FILTER)) {
            list.add(hooks.rules(chain.priority(), walked(chain)));
        }
        for (RuleProgram program : programs.values()) {
            for (HookCallback added : program.callbacks()) {
                if (added.hook() == hook
                        && (added.family() == null || added.family() == family)) {
                    list.add(new AddedCallback(added));
                }
            }
        }
        list.sort(Comparator.comparingInt(Callback::priority));
        return list.toArray(NONE);
    }

    private List<RuleChain> natChains(Hook hook, IpFamily family) {
        return lastFirst(hook, family, BaseChain.Type.NAT).stream()
                .map(this::walked).toList();
    }

    /** The chains of a hook by priority; of two with the same, the one registered last first. */
    private List<Chain> lastFirst(Hook hook, IpFamily family, BaseChain.Type type) {
        List<Chain> found = new ArrayList<>(chains.keySet().stream()
                .filter(chain -> chain.type() == type && chain.hook() == hook
                        && chain.family() == family)
                .toList());
        Collections.reverse(found);
        found.sort(Comparator.comparingInt(Chain::priority));
        return found;
    }

    private RuleChain walked(Chain chain) {
        Rules[] parts = chains.getOrDefault(chain, List.of()).stream()
                .map(owner -> rules(owner, chain)).toArray(Rules[]::new);
        return hooks.chain(chain.table(), parts, dropping.contains(chain));
    }

    private Rules rules(RuleOwner owner, Chain chain) {
        RuleProgram program = programs.get(owner);
        return program == null ? (packet, verdict) -> {}
                : program.chains().stream()
                        .filter(part -> Chain.of(part).contains(chain)).map(BaseChain::rules)
                        .findFirst()
                        .orElseThrow();
    }
}
