package dev.podhop.dns;

import dev.podhop.net.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One record.
 *
 * @param name its owner: absolute, lower case, without the trailing dot
 * @param data as a zone file has it: an address, a name with its trailing dot, or for SRV priority,
 *        weight, port and target
 * @param address the data of A and AAAA, typed; null for others
 */
public record DnsRecord(String name, RecordType type, int ttlSeconds, String data,
        @Nullable IpAddress address) {

    /** An A or AAAA record, by the address's family. */
    public static DnsRecord of(String name, IpAddress address, int ttlSeconds) {
        return new DnsRecord(name, RecordType.of(address.family()), ttlSeconds, address.toString(),
                address);
    }

    /** An alias. */
    public static DnsRecord alias(String name, String target, int ttlSeconds) {
        return new DnsRecord(name, RecordType.CNAME, ttlSeconds, DnsNames.absolute(target), null);
    }

    /** A port of a Service; CoreDNS gives all targets priority 0 and equal weights out of 100. */
    static DnsRecord port(String name, int weight, int port, String target, int ttlSeconds) {
        return new DnsRecord(name, RecordType.SRV, ttlSeconds,
                "0 " + weight + " " + port + " " + DnsNames.absolute(target), null);
    }

    /** The name of an address. */
    static DnsRecord pointer(String name, String target, int ttlSeconds) {
        return new DnsRecord(name, RecordType.PTR, ttlSeconds, DnsNames.absolute(target), null);
    }

    DnsRecord withTtl(int seconds) {
        return new DnsRecord(name, type, seconds, data, address);
    }

    @Override
    public String toString() {
        return name + ". " + ttlSeconds + " IN " + type + " " + data;
    }
}
