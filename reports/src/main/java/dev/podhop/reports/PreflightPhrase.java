package dev.podhop.reports;

import dev.podhop.trace.Reason;
import java.util.List;

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

    private final String code;
    private final List<String> arguments;

    PreflightPhrase(String code, String... arguments) {
        this.code = code;
        this.arguments = List.of(arguments);
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public List<String> arguments() {
        return arguments;
    }
}
