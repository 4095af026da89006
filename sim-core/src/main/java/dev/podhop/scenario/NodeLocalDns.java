package dev.podhop.scenario;

import dev.podhop.net.IpAddress;
import java.util.List;

/** NodeLocal DNSCache as a file asks for it; its objects are made of this. */
public record NodeLocalDns(
        @Key(value = "The addresses that it gives every node and listens on; with kube-dns's"
                + " ClusterIP among them pods keep their resolv.conf.",
                otherwise = "169.254.20.10")
        List<IpAddress> addresses,
        @Key(value = "Whether device and rules stay when its process ends (-skipteardown).",
                byDefault = "false")
        boolean skipTeardown) {

    /** The address of the manifest's page. */
    public static final IpAddress USUAL = IpAddress.of("169.254.20.10");

    public NodeLocalDns {
        addresses = addresses.isEmpty() ? List.of(USUAL) : List.copyOf(addresses);
    }
}
