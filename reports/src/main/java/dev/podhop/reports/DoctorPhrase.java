package dev.podhop.reports;

import dev.podhop.trace.Reason;

/** The words around what the doctor found. */
public enum DoctorPhrase implements Reason {
    ERROR("doctor.text.error"),
    WARNING("doctor.text.warning"),
    HINT("doctor.text.hint"),
    HEAD("doctor.text.head", "object", "title"),
    MET("doctor.text.met", "share", "who"),
    MET_ALWAYS("doctor.text.met-always", "who"),
    BY("doctor.text.by", "role", "door"),
    BY_SHARE("doctor.text.by-share", "role", "share"),
    AND("doctor.text.and", "one", "more"),
    FIX("doctor.text.fix"),
    NO_FIX("doctor.text.no-fix"),
    SHOW("doctor.text.show"),
    MORE("doctor.text.more", "n", "title", "names"),
    REST("doctor.text.rest", "n"),
    HEALTHY("doctor.text.healthy", "calls", "attempts", "services", "nodes", "pods"),
    FOUND("doctor.text.found", "errors", "warnings", "hints", "calls", "services", "nodes",
            "pods"),
    RESTS_ON("doctor.text.rests-on"),
    UNSEEN("doctor.text.unseen"),
    UNSEEN_BUT("doctor.text.unseen-but", "nodes"),
    ROLE_ENDPOINT("doctor.role.ENDPOINT"),
    ROLE_BESIDE("doctor.role.BESIDE"),
    ROLE_ELSEWHERE("doctor.role.ELSEWHERE"),
    ROLE_NODE_WITH("doctor.role.NODE_WITH"),
    ROLE_NODE_WITHOUT("doctor.role.NODE_WITHOUT"),
    ROLE_NETWORK("doctor.role.NETWORK"),
    ROLE_INTERNET("doctor.role.INTERNET"),
    DOOR_CLUSTER_IP("doctor.door.CLUSTER_IP"),
    DOOR_NODE_PORT("doctor.door.NODE_PORT"),
    DOOR_LOAD_BALANCER("doctor.door.LOAD_BALANCER"),
    DOOR_EXTERNAL_IP("doctor.door.EXTERNAL_IP"),
    DOOR_NAME("doctor.door.NAME");

    private final Wording wording;

    DoctorPhrase(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
