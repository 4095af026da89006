package dev.podhop.kubeproxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Short hashes by which kube-proxy names what belongs to a Service port. */
public final class NameHash {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS_PER_CHARACTER = 5;

    private NameHash() {}

    /** The first characters of base32(sha256(text)), RFC 4648's alphabet. */
    public static String of(String text, int characters) {
        byte[] digest = sha256(text);
        StringBuilder name = new StringBuilder(characters);
        int buffer = 0;
        int bits = 0;
        int next = 0;
        while (name.length() < characters) {
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
