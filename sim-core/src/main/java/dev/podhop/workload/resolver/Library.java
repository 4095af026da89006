package dev.podhop.workload.resolver;

import dev.podhop.dns.DnsNames;
import java.util.ArrayList;
import java.util.List;

/** Resolver libraries that differ in which names they try, and how they ask. */
public enum Library {
    /** Debian, Ubuntu, RHEL and most other images. */
    GLIBC,
    /** Alpine. */
    MUSL;

    /**
     * The absolute names that are tried for a name, in order.
     *
     * <p>glibc ({@code __res_context_search}): a name with {@code ndots} dots or more first as it
     * is, then with the search list; one with fewer the other way round. musl ({@code
     * name_from_dns_search}): a name with enough dots as it is and in no other way.
     *
     * @param written as the application has it; a trailing dot makes it absolute
     */
    public List<String> candidates(String written, ResolvConf conf) {
        String name = DnsNames.canonical(written);
        if (written.endsWith(".")) {
            return List.of(name);
        }
        boolean enough = DnsNames.dots(name) >= conf.ndots();
        List<String> all = new ArrayList<>();
        if (enough) {
            all.add(name);
        }
        if (!enough || this == GLIBC) {
            conf.searches().forEach(domain -> all.add(name + "." + DnsNames.canonical(domain)));
        }
        if (!enough) {
            all.add(name);
        }
        return all;
    }
}
