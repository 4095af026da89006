package dev.podhop.reports;

import dev.podhop.trace.Reason;

/** The words around missions. */
public enum MissionPhrase implements Reason {
    TITLE("mission.title", "title", "name", "worth"),
    GOALS("mission.goals"),
    POINTS("mission.points", "points"),
    CONDITION("mission.condition"),
    PERMITTED("mission.permitted"),
    HINTS("mission.hints"),
    NO_HINT_TAKEN("mission.no-hint-taken", "count", "costs", "command"),
    HINT("mission.hint", "number", "count", "costs", "hint"),
    NO_MORE_HINTS("mission.no-more-hints"),
    BEGIN("mission.begin"),
    WRITE("mission.write"),
    LOOK("mission.look"),
    CHECK("mission.check"),
    MET("mission.met"),
    MISSED("mission.missed"),
    SEED("mission.seed", "seed", "why"),
    NO_POINTS("mission.no-points"),
    DOES_NOT_COUNT("mission.does-not-count"),
    GRADE_LINE("mission.grade-line", "grade", "worth"),
    GRADE_HINTS("mission.grade-hints", "grade", "worth", "earned", "hints", "cost"),
    SOLVED("mission.solved"),
    HEAD_NAME("mission.head.name"),
    HEAD_TITLE("mission.head.title"),
    HEAD_WORTH("mission.head.worth"),
    HEAD_HINTS("mission.head.hints"),
    HEAD_STUDENT("mission.head.student"),
    HEAD_GRADE("mission.head.grade"),
    HEAD_VERDICT("mission.head.verdict"),
    HEAD_FILE("mission.head.file"),
    VERDICT_SOLVED("mission.verdict.solved"),
    VERDICT_PARTLY("mission.verdict.partly"),
    VERDICT_VOID("mission.verdict.void", "why"),
    WRITTEN("mission.written", "file");

    private final Wording wording;

    MissionPhrase(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
