package dev.podhop.netstack.device;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;

/**
 * An address on a device ({@code struct in_ifaddr}).
 *
 * @param prefixLength of the subnet that it makes on-link
 * @param scope who may see it; decides which addresses are eligible as a source
 */
public record InterfaceAddress(IpAddress address, int prefixLength, Scope scope) {

    /** {@code RT_SCOPE_*}, widest first. */
    public enum Scope {
        UNIVERSE,
        LINK,
        HOST
    }

    /** An address of global scope. */
    public static InterfaceAddress global(IpAddress address, int prefixLength) {
        return new InterfaceAddress(address, prefixLength, Scope.UNIVERSE);
    }

    /** The subnet around it. */
    public Cidr subnet() {
        return new Cidr(address, prefixLength);
    }
}
