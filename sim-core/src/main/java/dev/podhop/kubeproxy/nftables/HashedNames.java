package dev.podhop.kubeproxy.nftables;

import dev.podhop.kubeproxy.NameHash;
import dev.podhop.kubeproxy.ServicePortName;
import dev.podhop.net.SocketAddress;

/**
 * Names of what belongs to a Service port or an endpoint ({@code servicePortChainNameBase},
 * {@code hashAndTruncate}): all of the name, with a hash in front by which eyes tell two apart.
 */
final class HashedNames {

    private static final int HASH_CHARACTERS = 8;
    /** {@code knftables.NameLengthMax} less the longest prefix. */
    private static final int LONGEST = 240;

    private HashedNames() {}

    /** {@code PFISGYVC-default/web/tcp/http}. */
    static String service(ServicePortName name) {
        return hashed(plain(name));
    }

    /** {@code 5TWXG3CZ-default/web/tcp/http__10.244.1.22/8080}; colons of IPv6 become dots. */
    static String endpoint(ServicePortName name, SocketAddress endpoint) {
        return hashed(plain(name) + "__" + endpoint.address().toString().replace(':', '.') + "/"
                + endpoint.port());
    }

    private static String plain(ServicePortName name) {
        return name.serviceName() + "/" + name.protocol().lowerCase() + "/" + name.port();
    }

    private static String hashed(String name) {
        String full = NameHash.of(name, HASH_CHARACTERS) + "-" + name;
        return full.length() <= LONGEST ? full : full.substring(0, LONGEST - 3) + "...";
    }
}
