package dev.podhop.dns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The options of a CoreDNS server that matter here.
 *
 * @param ttlSeconds {@code kubernetes { ttl }}: of every record of the zone, and of its negative
 *        answers
 * @param answersForPods {@code kubernetes { pods insecure }}: names made of pods' addresses
 * @param shuffles {@code loadbalance}: several addresses come in another order each time
 */
public record Corefile(int ttlSeconds, boolean answersForPods, boolean shuffles,
        Cached positive, Cached negative) {

    /** {@code defaultTTL} of the kubernetes plugin. */
    private static final int PLUGIN_TTL = 5;
    /** {@code MinimalDefaultTTL}: the cache keeps nothing for less, whatever the record says. */
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_POSITIVE_SECONDS = 3600;
    private static final int MOST_NEGATIVE_SECONDS = 1800;

    /**
     * How long the cache plugin keeps a kind of answers: {@code computeTTL} holds the answer's own
     * TTL between the two.
     *
     * @param mostSeconds 0 where nothing is cached
     * @param exceptZones zones that {@code disable} names
     */
    public record Cached(int leastSeconds, int mostSeconds, List<String> exceptZones) {

        public Cached {
            exceptZones = List.copyOf(exceptZones);
        }

        /** How long an answer is kept; 0 for not at all. */
        int seconds(String name, int ttlSeconds) {
            boolean excepted = exceptZones.stream()
                    .anyMatch(zone -> zone.isEmpty() || DnsNames.isIn(name, zone));
            return excepted ? 0 : Math.min(mostSeconds, Math.max(leastSeconds, ttlSeconds));
        }

        private Cached withMost(int seconds) {
            return new Cached(leastSeconds, seconds, exceptZones);
        }

        private Cached except(List<String> zones) {
            List<String> all = new ArrayList<>(exceptZones);
            all.addAll(zones.isEmpty() ? List.of("") : zones);
            return new Cached(leastSeconds, mostSeconds, all);
        }
    }

    /**
     * What most clusters run where no file says otherwise: the plugin's own TTL of 5 s, and {@code
     * cache 30}.
     */
    public static final Corefile DEFAULT = new Corefile(PLUGIN_TTL, true, true,
            new Cached(LEAST_SECONDS, 30, List.of()), new Cached(LEAST_SECONDS, 30, List.of()));

    /** A server block without any plugin but {@code kubernetes}. */
    private static final Corefile BARE = new Corefile(PLUGIN_TTL, false, false,
            new Cached(0, 0, List.of()), new Cached(0, 0, List.of()));

    /**
     * Reads the first server block that has the kubernetes plugin. Plugins and options that are not
     * modelled are passed over.
     */
    public static Corefile parse(String text) {
        Corefile read = BARE;
        String plugin = "";
        for (String line : text.lines().toList()) {
            List<String> words = words(line);
            if (words.isEmpty()) {
                continue;
            }
            if (words.getFirst().equals("}")) {
                plugin = "";
            } else if (plugin.isEmpty()) {
                read = read.withPlugin(words);
                plugin = line.strip().endsWith("{") && !words.getFirst().contains(":")
                        && !words.getFirst().equals(".") ? words.getFirst() : "";
            } else {
                read = read.withOption(plugin, words);
            }
        }
        return read;
    }

    private static List<String> words(String line) {
        String code = line.contains("#") ? line.substring(0, line.indexOf('#')) : line;
        return Arrays.stream(code.strip().split("\\s+"))
                .filter(w -> !w.isEmpty() && !w.equals("{")).toList();
    }

    private Corefile withPlugin(List<String> words) {
        return switch (words.getFirst()) {
            case "loadbalance" -> new Corefile(ttlSeconds, answersForPods, true, positive,
                    negative);
            case "cache" -> {
                boolean capped = words.size() > 1 && isNumber(words.get(1));
                int most = capped ? Integer.parseInt(words.get(1)) : 0;
                yield with(
                        new Cached(LEAST_SECONDS, capped ? most : MOST_POSITIVE_SECONDS,
                                List.of()),
                        new Cached(LEAST_SECONDS, capped ? most : MOST_NEGATIVE_SECONDS,
                                List.of()));
            }
            default -> this;
        };
    }

    private Corefile withOption(String plugin, List<String> words) {
        return switch (plugin + " " + words.getFirst()) {
            case "kubernetes ttl" -> new Corefile(Integer.parseInt(words.get(1)), answersForPods,
                    shuffles, positive, negative);
            case "kubernetes pods" -> new Corefile(ttlSeconds, !words.get(1).equals("disabled"),
                    shuffles, positive, negative);
            // success CAPACITY [TTL]
            case "cache success" -> words.size() > 2
                    ? with(positive.withMost(Integer.parseInt(words.get(2))), negative)
                    : this;
            case "cache denial" -> words.size() > 2
                    ? with(positive, negative.withMost(Integer.parseInt(words.get(2))))
                    : this;
            case "cache disable" -> disabled(words);
            default -> this;
        };
    }

    /** {@code disable success|denial [ZONES...]}. */
    private Corefile disabled(List<String> words) {
        List<String> zones = words.stream().skip(2)
                .map(zone -> DnsNames.canonical(zone.toLowerCase(Locale.ROOT))).toList();
        return words.size() > 1 && words.get(1).equals("denial")
                ? with(positive, negative.except(zones))
                : with(positive.except(zones), negative);
    }

    private Corefile with(Cached changedPositive, Cached changedNegative) {
        return new Corefile(ttlSeconds, answersForPods, shuffles, changedPositive,
                changedNegative);
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }
}
