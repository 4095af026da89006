package dev.podhop.run;

import dev.podhop.scenario.ClientSpec;
import dev.podhop.scenario.LoadedScenario;
import dev.podhop.scenario.ServerSpec;
import java.util.ArrayList;
import java.util.List;

/** What a file says that has no effect yet. It is told, so that nobody takes it for simulated. */
final class Unsimulated {

    private static final int DEFAULT_BACKLOG = 128;
    private static final int DEFAULT_QUEUE = 64;

    private Unsimulated() {}

    static List<String> of(LoadedScenario scenario) {
        List<String> notes = new ArrayList<>();
        Assembly.unmodelledMode(scenario).ifPresent(notes::add);
        for (ServerSpec server : scenario.spec().servers()) {
            if (server.backlog() != DEFAULT_BACKLOG || server.queue() != DEFAULT_QUEUE) {
                notes.add("servers: backlog and queue have no effect yet; every request is served"
                        + " at once, serviceTime later");
            }
            if (server.proxyProtocol()) {
                notes.add("servers: proxyProtocol has no effect yet");
            }
        }
        for (ClientSpec client : scenario.spec().clients()) {
            if (client.retries() > 0) {
                notes.add("clients: retries has no effect yet; an attempt is made once");
            }
        }
        return notes.stream().distinct().toList();
    }
}
