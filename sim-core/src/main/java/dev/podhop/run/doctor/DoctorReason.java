package dev.podhop.run.doctor;

import dev.podhop.trace.Reason;

/** What the objects show without a call; {@code where} is a file and a line. */
enum DoctorReason implements Reason {
    RANGES_OVERLAP("doctor.why.ranges-overlap", "node", "range", "where", "other", "otherRange"),
    ADDRESS_TWICE("doctor.why.address-twice", "pod", "address", "where", "other"),
    NODE_PORT_TAKEN("doctor.why.node-port-taken", "service", "port", "where", "pod"),
    ADDRESS_SHARED("doctor.why.address-shared", "service", "port", "address", "where", "other"),
    NOBODYS_ENDPOINT("doctor.why.nobodys-endpoint", "service", "address", "slice", "where"),
    PENDING("doctor.why.pending", "service", "where"),
    PENDING_CLASS("doctor.why.pending-class", "service", "where", "class"),
    NODE_ADDRESS("doctor.why.node-address", "node", "where"),
    PROXY_ABSENT("doctor.why.proxy-absent", "node", "where", "n"),
    PROXY_DOWN("doctor.why.proxy-down", "node", "pod", "where"),
    VERSIONS_APART("doctor.why.versions-apart", "node", "version", "where", "newest"),
    PRE_STOP("doctor.why.pre-stop", "workload", "seconds", "grace", "where"),
    EXTERNAL_NAME("doctor.why.external-name", "service", "name", "where"),
    EXTERNAL_NAME_ADDRESS("doctor.why.external-name-address", "service", "name", "where"),
    POLICY("doctor.why.policy", "policy", "pods", "service", "where"),
    IPVS("doctor.why.ipvs", "version", "where"),
    EXTERNAL_IPS("doctor.why.external-ips", "service", "where"),
    LOSES("doctor.why.loses", "service", "event", "lost", "attempts"),
    LOSES_STILL("doctor.why.loses-still", "service", "event", "lost", "attempts"),
    KERNEL_SETTING("doctor.why.kernel-setting", "node", "name", "value", "where", "expected"),
    UPGRADE("doctor.why.upgrade", "version");

    private final Wording wording;

    DoctorReason(String code, String... arguments) {
        this.wording = Wording.of(code, arguments);
    }

    @Override
    public Wording wording() {
        return wording;
    }
}
