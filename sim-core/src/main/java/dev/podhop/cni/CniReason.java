package dev.podhop.cni;

import dev.podhop.trace.Reason;
import java.util.List;

/** Why the pods' network did something; the sentences live in the reports' bundles. */
public enum CniReason implements Reason {
    /** A pod's packet leaves the cluster's network with its node's address. */
    IP_MASQ("cni.ipmasq", "destination");

    private final String code;
    private final List<String> arguments;

    CniReason(String code, String... arguments) {
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
