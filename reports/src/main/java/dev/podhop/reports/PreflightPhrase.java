package dev.podhop.reports;

import dev.podhop.trace.Reason;

/** The words around what a rollout loses. */
public enum PreflightPhrase implements Reason {
    HEAD("preflight.head", "target", "replications", "calls"),
    TODAY("preflight.today"),
    LESSER("preflight.lesser"),
    FOUND("preflight.found", "preStop", "grace", "minReady"),
    NONE("preflight.none"),
    NOTHING("preflight.nothing", "preStop", "grace", "minReady"),
    SURE("preflight.sure", "share"),
    HEAD_SETTINGS("preflight.head.settings"),
    HEAD_FLOW("preflight.head.flow"),
    HEAD_LOST("preflight.head.lost"),
    HEAD_SHARE("preflight.head.share"),
    SETTINGS("preflight.settings", "preStop", "grace", "minReady"),
    SHARE("preflight.share", "least", "most");

    private final Wording wording;

    PreflightPhrase(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
