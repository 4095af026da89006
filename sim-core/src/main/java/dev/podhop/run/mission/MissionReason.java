package dev.podhop.run.mission;

import dev.podhop.trace.Reason;

/** Why a solution, or a result file, does not count. */
public enum MissionReason implements Reason {
    CHANGED("mission.changed", "field", "where", "allowed"),
    TOO_MUCH("mission.too-much", "field", "where", "most"),
    MISSING("mission.missing", "object"),
    ADDED("mission.added", "object", "where"),
    TWICE("mission.twice", "object", "where"),
    UNCHANGED("mission.unchanged"),
    /** Of a result file. */
    SEAL("mission.seal"),
    EDITION("mission.edition", "mission"),
    GRADE("mission.grade", "said", "worth"),
    UNSOLVED("mission.unsolved"),
    UNREADABLE("mission.unreadable", "problem");

    private final Wording wording;

    MissionReason(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
