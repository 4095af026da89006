package dev.podhop.workload;

import dev.podhop.net.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** Who served what: an answer carries its number here, so that its client knows who it was. */
final class ServedLog {

    private final List<Served> served = new ArrayList<>();

    /** One answer: the endpoint that gave it, and the client's address as it saw it. */
    record Served(String endpoint, IpAddress source) {}

    /** Notes an answer; returns its segment value. */
    int add(String endpoint, IpAddress source) {
        served.add(new Served(endpoint, source));
        return served.size();
    }

    Served get(int segment) {
        return served.get(segment - 1);
    }

    void clear() {
        served.clear();
    }
}
