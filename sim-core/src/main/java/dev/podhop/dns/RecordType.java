package dev.podhop.dns;

import dev.podhop.net.IpFamily;

/** The types of records that the cluster's names have. */
public enum RecordType {
    A,
    AAAA,
    CNAME,
    SRV,
    PTR;

    /** The type that addresses of a family have. */
    public static RecordType of(IpFamily family) {
        return family == IpFamily.IPv4 ? A : AAAA;
    }
}
