package dev.podhop.dns;

import dev.podhop.dns.ServiceRecords.Backend;
import dev.podhop.k8s.EndpointSlice;
import dev.podhop.k8s.Namespace;
import dev.podhop.k8s.Service;
import dev.podhop.k8s.store.StoreEvent;
import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's zone as one server knows it: it follows Services and EndpointSlices as it hears of
 * them, and derives every answer anew.
 */
public final class ClusterZone {

    /** {@code len(previousRecords) > 7}: longer chains of aliases are cut. */
    private static final int LONGEST_CHAIN = 7;
    private static final Set<String> ALWAYS =
            Set.of("default", "kube-system", "kube-public", "kube-node-lease");

    private final String domain;
    private final Corefile corefile;
    private final OuterNames outer;
    private final Map<String, Service> services = new LinkedHashMap<>();
    private final Map<String, Map<String, EndpointSlice>> slices = new LinkedHashMap<>();
    private final Set<String> namespaces = new HashSet<>();

    /** @param domain such as {@code cluster.local} */
    public ClusterZone(String domain, Corefile corefile, OuterNames outer) {
        this.domain = DnsNames.canonical(domain);
        this.corefile = corefile;
        this.outer = outer;
    }

    /** The server hears of a write; of kinds without records it takes no notice. */
    public void hear(StoreEvent event) {
        boolean gone = event.isDeletion();
        switch (event.object()) {
            case Service service -> {
                String key = key(service.metadata().namespace(), service.metadata().name());
                if (gone) {
                    services.remove(key);
                } else {
                    services.put(key, service);
                }
            }
            case EndpointSlice slice -> {
                Map<String, EndpointSlice> own = slices.computeIfAbsent(
                        key(slice.metadata().namespace(), slice.serviceName()),
                        k -> new LinkedHashMap<>());
                if (gone) {
                    own.remove(slice.metadata().name());
                } else {
                    own.put(slice.metadata().name(), slice);
                }
            }
            case Namespace namespace -> {
                if (gone) {
                    namespaces.remove(namespace.metadata().name());
                } else {
                    namespaces.add(namespace.metadata().name());
                }
            }
            default -> {
            }
        }
    }

    /** Whether the zone has authority over a name; others are forwarded. */
    boolean holds(Question question) {
        return DnsNames.isIn(question.name(), domain)
                || question.type() == RecordType.PTR && pointer(question.name()) != null;
    }

    /** Whether the answer leads out of the zone, so that other servers must be asked. */
    boolean leadsOut(DnsAnswer answer) {
        return answer.records().stream().anyMatch(r -> r.type() == RecordType.CNAME
                && !DnsNames.isIn(DnsNames.canonical(r.data()), domain));
    }

    /** The answer to a question that the zone holds. */
    DnsAnswer answer(Question question) {
        int ttl = corefile.ttlSeconds();
        if (question.type() == RecordType.PTR) {
            DnsRecord pointer = pointer(question.name());
            if (pointer != null) {
                return DnsAnswer.of(List.of(pointer), ttl);
            }
        }
        List<DnsRecord> records = new ArrayList<>();
        boolean known = find(question, new LinkedHashSet<>(), records);
        return known ? DnsAnswer.of(records, ttl) : DnsAnswer.noSuchName(ttl);
    }

    /**
     * Adds the records of a name.
     *
     * @param chain names that led here by aliases
     * @return whether there is such a name
     */
    private boolean find(Question question, Set<String> chain, List<DnsRecord> records) {
        ZoneQuery query = ZoneQuery.parse(question.name(), domain);
        if (query == null) {
            return false;
        }
        if (query.namespace().isEmpty()) {
            return true;
        }
        if (query.kind().equals(ZoneQuery.POD)) {
            return exists(query.namespace()) && pod(question, query.service(), records);
        }
        if (query.service().isEmpty()) {
            return exists(query.namespace());
        }
        ServiceRecords own = service(key(query.namespace(), query.service()));
        if (own == null) {
            return false;
        }
        if (own.isAlias()) {
            return query.endpoint().isEmpty() && query.port().isEmpty()
                    && query.protocol().isEmpty()
                    && follow(question, own.service().spec().externalName(), chain, records);
        }
        List<Backend> backends = own.backends(query);
        records.addAll(question.type() == RecordType.SRV
                ? ServiceRecords.ports(question.name(), backends, corefile.ttlSeconds())
                : ServiceRecords.addresses(question.name(), question.type(), backends,
                        corefile.ttlSeconds()));
        return !backends.isEmpty();
    }

    /** An ExternalName Service is an alias and nothing else: no ports, no addresses. */
    private boolean follow(Question question, String externalName, Set<String> chain,
            List<DnsRecord> records) {
        String target = DnsNames.canonical(externalName);
        if (IpAddress.parse(target).isPresent()) {
            return false; // a name that looks like an address is no alias
        }
        boolean loops = target.equals(question.name()) || chain.contains(target)
                || chain.size() > LONGEST_CHAIN;
        if (loops || question.type() == RecordType.SRV) {
            return true;
        }
        DnsRecord alias = DnsRecord.alias(question.name(), target, corefile.ttlSeconds());
        if (question.type() == RecordType.CNAME) {
            records.add(alias);
            return true;
        }
        Question next = new Question(target, question.type());
        if (!DnsNames.isIn(target, domain)) {
            records.add(alias);
            records.addAll(outer.lookup(next).records());
            return true;
        }
        chain.add(question.name());
        List<DnsRecord> rest = new ArrayList<>();
        find(next, chain, rest);
        if (!rest.isEmpty()) {
            records.add(alias);
            records.addAll(rest);
        }
        return true;
    }

    /** {@code pods insecure}: a name made of an address has that address, pod or no pod. */
    private boolean pod(Question question, String label, List<DnsRecord> records) {
        if (label.isEmpty()) {
            return true;
        }
        boolean v4 = label.chars().filter(c -> c == '-').count() == 3 && !label.contains("--");
        IpAddress address = IpAddress.parse(label.replace('-', v4 ? '.' : ':')).orElse(null);
        if (!corefile.answersForPods() || address == null) {
            return false;
        }
        if (RecordType.of(address.family()) == question.type()) {
            records.add(DnsRecord.of(question.name(), address, corefile.ttlSeconds()));
        }
        return true;
    }

    private boolean exists(String namespace) {
        return ALWAYS.contains(namespace) || namespaces.contains(namespace)
                || services.values().stream()
                        .anyMatch(s -> s.metadata().namespace().equals(namespace));
    }

    /** {@code serviceRecordForIP}: cluster addresses first, then endpoints. */
    private @Nullable DnsRecord pointer(String name) {
        return all().stream().flatMap(own -> pointers(own).stream())
                .filter(r -> r.name().equals(name)).findFirst().orElse(null);
    }

    private List<DnsRecord> pointers(ServiceRecords own) {
        return own.backends(EVERY).stream()
                .map(b -> DnsRecord.pointer(DnsNames.reverse(b.address()), b.owner(),
                        corefile.ttlSeconds()))
                .distinct().toList();
    }

    private static final ZoneQuery EVERY = new ZoneQuery(ZoneQuery.SERVICE, "", "", "", "", "");

    /** All records that name a Service or an endpoint, in the order of the Services. */
    public List<DnsRecord> records() {
        Set<DnsRecord> records = new LinkedHashSet<>();
        all().forEach(own -> records.addAll(records(own)));
        return List.copyOf(records);
    }

    /** The records of one Service; none where there is no such Service. */
    public List<DnsRecord> records(String namespace, String name) {
        ServiceRecords own = service(key(namespace, name));
        return own == null ? List.of() : records(own);
    }

    private List<DnsRecord> records(ServiceRecords own) {
        int ttl = corefile.ttlSeconds();
        String name = own.name();
        if (own.isAlias()) {
            String target = own.service().spec().externalName();
            return IpAddress.parse(target).isPresent() ? List.of()
                    : List.of(DnsRecord.alias(name, target, ttl));
        }
        Set<DnsRecord> records = new LinkedHashSet<>();
        List<Backend> backends = own.backends(EVERY);
        backends.forEach(b -> records.add(DnsRecord.of(name, b.address(), ttl)));
        backends.stream().filter(b -> !b.owner().equals(name))
                .forEach(b -> records.add(DnsRecord.of(b.owner(), b.address(), ttl)));
        own.service().spec().ports().stream().filter(p -> !p.name().isEmpty()).forEach(port -> {
            String portName = ("_" + port.name() + "._" + port.protocol() + "." + name)
                    .toLowerCase(Locale.ROOT);
            ZoneQuery query = new ZoneQuery(ZoneQuery.SERVICE, "", "", "", port.name(),
                    port.protocol());
            records.addAll(ServiceRecords.ports(portName, own.backends(query), ttl));
        });
        records.addAll(pointers(own));
        return List.copyOf(records);
    }

    private List<ServiceRecords> all() {
        return services.keySet().stream().map(this::service).map(s -> (ServiceRecords) s)
                .toList();
    }

    private @Nullable ServiceRecords service(String key) {
        Service service = services.get(key);
        return service == null ? null
                : new ServiceRecords(service, slices.getOrDefault(key, Map.of()).values(), domain);
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
