package dev.podhop.run.truth;

import dev.podhop.trace.Reason;

/** What a node's dump says; {@code where} is a file and a line. */
enum TruthReason implements Reason {
    BEHIND("truth.behind", "node"),
    RULES("truth.rules", "node"),
    MORE("truth.more", "n"),
    ENDPOINT_MISSING("truth.endpoint-missing", "service", "endpoint", "where"),
    ENDPOINT_STALE("truth.endpoint-stale", "service", "endpoint", "where"),
    SERVICE_MISSING("truth.service-missing", "service", "where"),
    SERVICE_EXTRA("truth.service-extra", "service", "where"),
    UNKNOWN_SERVICES("truth.unknown-services", "node", "n", "service", "where"),
    THING_MISSING("truth.thing-missing", "thing", "place", "where"),
    THING_EXTRA("truth.thing-extra", "thing", "place", "where"),
    THING_MOVED("truth.thing-moved", "thing", "place", "where"),
    MODE("truth.mode", "node", "found", "where", "expected"),
    MODE_TOO("truth.mode-too", "node", "found", "where", "expected"),
    ABSENT("truth.absent", "node", "where"),
    REPLACED("truth.replaced", "node", "by", "where"),
    VERSION("truth.version", "node", "version", "where", "expected"),
    ARRANGEMENT("truth.arrangement", "node", "set", "where"),
    FOREIGN_RULE("truth.foreign-rule", "rule", "place", "where", "packet", "service"),
    FOREIGN_POLICY("truth.foreign-policy", "place", "where", "packet", "service"),
    FOREIGN_TAKES("truth.foreign-takes", "rule", "place", "where", "packet", "service"),
    TABLE_FULL("truth.table-full", "node", "count", "max", "where"),
    STALE_ENTRY("truth.stale-entry", "node", "from", "service", "to", "where"),
    UNTRANSLATED_ENTRY("truth.untranslated-entry", "node", "from", "service", "where");

    private final Wording wording;

    TruthReason(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
