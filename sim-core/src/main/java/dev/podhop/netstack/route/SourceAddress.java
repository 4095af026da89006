package dev.podhop.netstack.route;

import dev.podhop.net.IpAddress;
import dev.podhop.net.IpFamily;
import dev.podhop.netstack.device.Device;
import dev.podhop.netstack.device.InterfaceAddress;
import dev.podhop.netstack.device.InterfaceAddress.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's choice of a source address ({@code inet_select_addr}), used by MASQUERADE, by
 * sockets and by ICMP.
 */
public final class SourceAddress {

    private SourceAddress() {}

    /**
     * The address of {@code out} whose subnet holds the next hop, else its first one of global
     * scope, else the first such one of any device in order.
     *
     * @param devices all of the namespace, by index
     * @return null when the host has no eligible address of that family
     */
    public static @Nullable IpAddress select(List<Device> devices, Device out, IpAddress nextHop) {
        IpAddress own = onDevice(out, nextHop);
        if (own != null) {
            return own;
        }
        for (int i = 0; i < devices.size(); i++) {
            IpAddress other = first(devices.get(i), nextHop.family());
            if (other != null) {
                return other;
            }
        }
        return null;
    }

    private static @Nullable IpAddress onDevice(Device device, IpAddress nextHop) {
        List<InterfaceAddress> addresses = device.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            InterfaceAddress each = addresses.get(i);
            if (eligible(each, nextHop.family()) && sameSubnet(each, nextHop)) {
                return each.address();
            }
        }
        return first(device, nextHop.family());
    }

    private static @Nullable IpAddress first(Device device, IpFamily family) {
        List<InterfaceAddress> addresses = device.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            if (eligible(addresses.get(i), family)) {
                return addresses.get(i).address();
            }
        }
        return null;
    }

    private static boolean eligible(InterfaceAddress address, IpFamily family) {
        return address.scope() == Scope.UNIVERSE && address.address().family() == family;
    }

    /** {@code inet_ifa_match}, on bits, because a subnet object would be garbage here. */
    private static boolean sameSubnet(InterfaceAddress own, IpAddress other) {
        int length = own.prefixLength();
        IpAddress address = own.address();
        if (address.isV4()) {
            return (address.low() ^ other.low()) >>> (32 - length) == 0;
        }
        long high = address.high() ^ other.high();
        long low = address.low() ^ other.low();
        if (length <= 64) {
            return length == 0 || high >>> (64 - length) == 0;
        }
        return high == 0 && low >>> (128 - length) == 0;
    }
}
