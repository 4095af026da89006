package dev.podhop.kubeproxy;

import dev.podhop.net.Cidr;
import dev.podhop.net.IpAddress;
import dev.podhop.net.L4Protocol;

/**
 * A rule as {@code iptables-save} prints it.
 *
 * @param text without {@code -A CHAIN}
 */
public record Rule(String table, String chain, String text) {

    public static final String NAT = "nat";
    public static final String FILTER = "filter";

    /** A rule of the nat table, to be completed. */
    public static Draft nat(String chain) {
        return new Draft(NAT, chain);
    }

    /** A rule of the filter table, to be completed. */
    public static Draft filter(String chain) {
        return new Draft(FILTER, chain);
    }

    /**
     * A rule in the making. Whatever the order of the calls, the text has the order that
     * {@code iptables-save} gives: source, destination, device, protocol, then the matches as they
     * were added, then the target.
     */
    public static final class Draft {

        private final String table;
        private final String chain;
        private String source = "";
        private String destination = "";
        private String device = "";
        private String protocol = "";
        private final StringBuilder matches = new StringBuilder();

        private Draft(String table, String chain) {
            this.table = table;
            this.chain = chain;
        }

        public Draft from(Cidr range) {
            source = address("-s ", range);
            return this;
        }

        public Draft notFrom(Cidr range) {
            source = "! " + address("-s ", range);
            return this;
        }

        public Draft to(IpAddress address) {
            destination = address("-d ", Cidr.host(address));
            return this;
        }

        public Draft to(Cidr range) {
            destination = address("-d ", range);
            return this;
        }

        public Draft notTo(Cidr range) {
            destination = "! " + address("-d ", range);
            return this;
        }

        /** A test for 0.0.0.0/0 is none, and is not printed. */
        private static String address(String option, Cidr range) {
            return range.prefixLength() == 0 ? "" : option + range + " ";
        }

        public Draft in(String pattern) {
            device = "-i " + pattern + " ";
            return this;
        }

        public Draft notIn(String pattern) {
            device = "! -i " + pattern + " ";
            return this;
        }

        /** {@code -p tcp}, and the match of that name with a port, 0 for none. */
        public Draft port(L4Protocol l4, int destinationPort) {
            String name = l4.lowerCase();
            protocol = "-p " + name + " ";
            return match(destinationPort == 0 ? name : name + " --dport " + destinationPort);
        }

        /** {@code -p tcp} alone. */
        public Draft protocol(L4Protocol l4) {
            protocol = "-p " + l4.lowerCase() + " ";
            return this;
        }

        public Draft comment(String text) {
            return match("comment --comment \"" + text + "\"");
        }

        public Draft match(String text) {
            matches.append("-m ").append(text).append(' ');
            return this;
        }

        /** The rule with {@code -j TARGET}. */
        public Rule jump(String target) {
            return rule("-j " + target);
        }

        /** The rule without a target: it counts packets and stands there as a note. */
        public Rule note() {
            return rule("");
        }

        private Rule rule(String target) {
            String text = source + destination + device + protocol + matches + target;
            return new Rule(table, chain, text.stripTrailing());
        }
    }
}
