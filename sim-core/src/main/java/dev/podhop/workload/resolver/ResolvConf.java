package dev.podhop.workload.resolver;

import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /etc/resolv.conf}.
 *
 * @param nameservers those that are used: the first three
 * @param searches domains that are tried behind a name with fewer than {@code ndots} dots
 * @param attempts rounds over all nameservers
 * @param singleRequest A first, and AAAA once A is answered; else both at once
 * @param singleRequestReopen as that, and each from a socket of its own
 * @param useVc over TCP; musl does not know it
 */
public record ResolvConf(List<IpAddress> nameservers, List<String> searches, int ndots,
        int timeoutSeconds, int attempts, boolean singleRequest, boolean singleRequestReopen,
        boolean useVc) {

    /** {@code MAXNS}; kubelet leaves out further ones, too. */
    static final int MOST_NAMESERVERS = 3;
    /** {@code RES_MAXNDOTS}, {@code RES_MAXRETRANS}, {@code RES_MAXRETRY}. */
    private static final int MOST_NDOTS = 15;
    private static final int MOST_TIMEOUT_SECONDS = 30;
    private static final int MOST_ATTEMPTS = 5;

    /** The resolver's own defaults (resolv.conf(5)). */
    public static final ResolvConf EMPTY =
            new ResolvConf(List.of(), List.of(), 1, 5, 2, false, false,
                    false);

    public ResolvConf {
        nameservers = nameservers.stream().distinct().limit(MOST_NAMESERVERS).toList();
        searches = searches.stream().distinct().toList();
    }

    /** With further servers and domains at the end. */
    public ResolvConf plus(List<IpAddress> moreServers, List<String> moreSearches) {
        List<IpAddress> servers = new ArrayList<>(nameservers);
        servers.addAll(moreServers);
        List<String> domains = new ArrayList<>(searches);
        domains.addAll(moreSearches);
        return new ResolvConf(servers, domains, ndots, timeoutSeconds, attempts, singleRequest,
                singleRequestReopen, useVc);
    }

    /**
     * With an option, capped as the libraries cap it; unknown ones change nothing.
     *
     * @param value empty for an option that has none
     */
    public ResolvConf with(String option, String value) {
        return switch (option) {
            case "ndots" -> new ResolvConf(nameservers, searches, number(value, MOST_NDOTS),
                    timeoutSeconds, attempts, singleRequest,
                    singleRequestReopen, useVc);
            case "timeout" -> new ResolvConf(nameservers, searches, ndots,
                    Math.max(1, number(value, MOST_TIMEOUT_SECONDS)), attempts, singleRequest,
                    singleRequestReopen, useVc);
            case "attempts" -> new ResolvConf(nameservers, searches, ndots, timeoutSeconds,
                    Math.max(1, number(value, MOST_ATTEMPTS)), singleRequest,
                    singleRequestReopen, useVc);
            case "single-request" -> new ResolvConf(nameservers, searches, ndots, timeoutSeconds,
                    attempts, true, singleRequestReopen, useVc);
            case "single-request-reopen" -> new ResolvConf(nameservers, searches, ndots,
                    timeoutSeconds, attempts, true, true, useVc);
            case "use-vc" -> new ResolvConf(nameservers, searches, ndots, timeoutSeconds, attempts,
                    singleRequest, singleRequestReopen, true);
            default -> this;
        };
    }

    private static int number(String value, int most) {
        boolean sound = !value.isEmpty() && value.length() < 9
                && value.chars().allMatch(Character::isDigit);
        return sound ? Math.min(most, Integer.parseInt(value)) : 0;
    }

    /** The file's text, as {@code cat /etc/resolv.conf} shows it in the pod. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!searches.isEmpty()) {
            text.append("search ").append(String.join(" ", searches)).append('\n');
        }
        nameservers.forEach(s -> text.append("nameserver ").append(s).append('\n'));
        text.append("options ndots:").append(ndots).append(" timeout:").append(timeoutSeconds)
                .append(" attempts:").append(attempts);
        if (singleRequest) {
            text.append(singleRequestReopen ? " single-request-reopen" : " single-request");
        }
        return text.append(useVc ? " use-vc\n" : "\n").toString();
    }
}
