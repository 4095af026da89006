package dev.podhop.nodedump;

import dev.podhop.k8s.source.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tools of one node print, together. */
public final class NodeDump {

    private final Map<DumpedChain.Name, DumpedChain> chains = new LinkedHashMap<>();
    private final Map<String, DumpedSet> sets = new LinkedHashMap<>();
    private final Map<String, DumpedServer> servers = new LinkedHashMap<>();
    private final Map<String, Location> bound = new TreeMap<>();
    private final List<DumpedEntry> entries = new ArrayList<>();
    private final Map<String, DumpedSetting> settings = new TreeMap<>();
    private String lastServer = "";
    private @Nullable Location serversFrom;
    private @Nullable Location setsFrom;
    private @Nullable Location boundFrom;
    private @Nullable Location nftFrom;

    public List<DumpedChain> chains() {
        return List.copyOf(chains.values());
    }

    public Optional<DumpedChain> chain(DumpedChain.Name name) {
        return Optional.ofNullable(chains.get(name));
    }

    /** Whether a table was dumped, in iptables' language. */
    public boolean hasTable(String family, String table) {
        return chains.keySet().stream().anyMatch(name -> !name.nft()
                && name.family().equals(family) && name.table().equals(table));
    }

    public List<DumpedSet> sets() {
        return List.copyOf(sets.values());
    }

    public Optional<DumpedSet> set(String key) {
        return Optional.ofNullable(sets.get(key));
    }

    public List<DumpedServer> servers() {
        return List.copyOf(servers.values());
    }

    public Optional<DumpedServer> server(String key) {
        return Optional.ofNullable(servers.get(key));
    }

    /** Addresses of {@code kube-ipvs0}, with where they stand. */
    public Map<String, Location> bound() {
        return Map.copyOf(bound);
    }

    public List<DumpedEntry> entries() {
        return List.copyOf(entries);
    }

    public List<DumpedSetting> settings() {
        return List.copyOf(settings.values());
    }

    public Optional<DumpedSetting> setting(String name) {
        return Optional.ofNullable(settings.get(name));
    }

    /** Where virtual servers begin; null where they were not dumped. */
    public @Nullable Location serversFrom() {
        return serversFrom;
    }

    /** Where sets of {@code ipset} begin; null where they were not dumped. */
    public @Nullable Location setsFrom() {
        return setsFrom;
    }

    /** Where the addresses of {@code kube-ipvs0} begin; null where they were not dumped. */
    public @Nullable Location boundFrom() {
        return boundFrom;
    }

    /** Where nft's rules begin; null where they were not dumped. */
    public @Nullable Location nftFrom() {
        return nftFrom;
    }

    /** Where iptables' rules begin. */
    public Optional<Location> iptablesFrom() {
        return chains.values().stream().filter(chain -> !chain.name().nft())
                .map(DumpedChain::where).findFirst();
    }

    /** Where anything of it stands, to name its file. */
    public Optional<Location> from() {
        return Stream.of(iptablesFrom(), Optional.ofNullable(nftFrom),
                Optional.ofNullable(serversFrom), Optional.ofNullable(setsFrom),
                entries.stream().map(DumpedEntry::where).findFirst(),
                settings.values().stream().map(DumpedSetting::where).findFirst())
                .flatMap(Optional::stream).findFirst();
    }

    /** The chain of that name, made where there is none yet. */
    DumpedChain open(DumpedChain.Name name, Location where) {
        return chains.computeIfAbsent(name, n -> new DumpedChain(n, where));
    }

    /** A set; of one that is known already, further elements. */
    void add(DumpedSet set) {
        sets.merge(set.key(), set, (known, more) -> {
            known.elements().putAll(more.elements());
            return known;
        });
    }

    /** A virtual server; of one that is known already, further real servers. */
    void add(DumpedServer server) {
        servers.merge(server.key(), server, (known, more) -> {
            known.weights().putAll(more.weights());
            return known.flags().isEmpty()
                    ? new DumpedServer(known.key(), more.flags(), known.weights(), known.where())
                    : known;
        });
        lastServer = server.key();
    }

    /** The virtual server that was read last; empty before the first. */
    String lastServer() {
        return lastServer;
    }

    void bind(String address, Location where) {
        bound.put(address, where);
    }

    void add(DumpedEntry entry) {
        entries.add(entry);
    }

    void add(DumpedSetting setting) {
        settings.put(setting.name(), setting);
    }

    void began(Part part, Location where) {
        switch (part) {
            case SERVERS -> serversFrom = serversFrom == null ? where : serversFrom;
            case SETS -> setsFrom = setsFrom == null ? where : setsFrom;
            case BOUND -> boundFrom = boundFrom == null ? where : boundFrom;
            case NFT -> nftFrom = nftFrom == null ? where : nftFrom;
        }
    }

    /** Parts whose emptiness says something. */
    enum Part {
        SERVERS,
        SETS,
        BOUND,
        NFT
    }
}
