package dev.podhop.kubeproxy.iptables;

import dev.podhop.kubeproxy.ServicePortName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names of kube-proxy's chains. Chain names are limited to 28 characters, so what belongs to a
 * Service port or an endpoint is named by a prefix and 16 characters of a hash
 * ({@code portProtoHash}, {@code servicePortEndpointChainName}).
 */
final class ChainNames {

    static final String SERVICES = "KUBE-SERVICES";
    static final String EXTERNAL_SERVICES = "KUBE-EXTERNAL-SERVICES";
    static final String NODE_PORTS = "KUBE-NODEPORTS";
    static final String POSTROUTING = "KUBE-POSTROUTING";
    static final String MARK_MASQ = "KUBE-MARK-MASQ";
    static final String FORWARD = "KUBE-FORWARD";
    static final String PROXY_FIREWALL = "KUBE-PROXY-FIREWALL";
    static final String FIREWALL = "KUBE-FIREWALL";
    /** Empty; when somebody flushes the tables it is gone, which is how kube-proxy notices. */
    static final String CANARY = "KUBE-PROXY-CANARY";

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int HASH_CHARACTERS = 16;
    private static final int BITS_PER_CHARACTER = 5;

    private ChainNames() {}

    /** What follows the prefix in the names of a Service port's chains. */
    static String serviceHash(ServicePortName name) {
        return hash(name + name.protocol().lowerCase());
    }

    /** The chain of one endpoint of a Service port; also the name of its affinity list. */
    static String endpoint(ServicePortName name, String endpoint) {
        return "KUBE-SEP-" + hash(name + name.protocol().lowerCase() + endpoint);
    }

    /** The first characters of base32(sha256(text)), RFC 4648's alphabet. */
    static String hash(String text) {
        byte[] digest = sha256(text);
        StringBuilder name = new StringBuilder(HASH_CHARACTERS);
        int buffer = 0;
        int bits = 0;
        int next = 0;
        while (name.length() < HASH_CHARACTERS) {
            if (bits < BITS_PER_CHARACTER) {
                buffer = buffer << Byte.SIZE | digest[next++] & 0xff;
                bits += Byte.SIZE;
            }
            bits -= BITS_PER_CHARACTER;
            name.append(BASE32.charAt(buffer >> bits & 0x1f));
        }
        return name.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
