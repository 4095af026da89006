package dev.podhop.cloud;

import dev.podhop.net.L4Protocol;
import java.util.Locale;

/**
 * What becomes of sessions under way, by what happens to whom they go to.
 *
 * @param unhealthy their target fails its health check, while another passes
 * @param removed their target has been removed for as long as the deregistration delay
 * @param changed the targets change, but theirs stays as it is
 * @param idle nothing was said for the idle timeout: what the next packet meets
 * @param deleted their listener goes
 * @param udpAtOnce whether sessions of UDP do not wait for the deregistration delay
 */
public record SessionRules(Fates unhealthy, Fates removed, Fates changed, Fates idle,
        Fates deleted, boolean udpAtOnce) {

    /** By protocol; SCTP is treated like TCP. */
    public record Fates(Fate tcp, Fate udp) {

        /** That of a protocol. */
        public Fate of(L4Protocol protocol) {
            return protocol == L4Protocol.UDP ? udp : tcp;
        }

        @Override
        public String toString() {
            return "TCP " + tcp + ", UDP " + udp;
        }
    }

    /** What becomes of one session. */
    public enum Fate {
        /** It goes on as before. */
        KEPT,
        /** It is over: the client's next packet is answered by a reset; of UDP, it is moved. */
        RESET,
        /** It is forgotten: the next packet goes to whoever is chosen now. */
        MOVED,
        /** It is over, and nobody is told: the client's next packets get no answer. */
        DROPPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
