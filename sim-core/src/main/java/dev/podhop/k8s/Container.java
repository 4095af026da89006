package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod, as far as the network sees it.
 *
 * @param words {@code command} and {@code args}, one behind the other
 * @param preStop what runs before the process is told to end; null if nothing
 * @param restartPolicy {@code Always} makes an init container a sidecar; else empty
 */
public record Container(String name, String image, List<String> words, List<ContainerPort> ports,
        @Nullable Probe readinessProbe, @Nullable Probe livenessProbe,
        @Nullable Probe startupProbe, @Nullable ContainerAction preStop, String restartPolicy) {

    /**
     * A port that the container listens on; {@code hostPort} 0 means none, a missing protocol TCP.
     */
    public record ContainerPort(String name, int containerPort, int hostPort, String hostIP,
            String protocol) {}

    static Container read(ObjectReader container, boolean hostNetwork) {
        List<String> words = new ArrayList<>(container.texts("command"));
        words.addAll(container.texts("args"));
        return new Container(container.text("name"), container.text("image"), List.copyOf(words),
                container.list("ports", port -> readPort(port, hostNetwork)),
                container.objectOrNull("readinessProbe", Probe::read),
                container.objectOrNull("livenessProbe", Probe::read),
                container.objectOrNull("startupProbe", Probe::read),
                container.object("lifecycle").objectOrNull("preStop", ContainerAction::read),
                container.text("restartPolicy"));
    }

    private static ContainerPort readPort(ObjectReader port, boolean hostNetwork) {
        int containerPort = port.integer("containerPort");
        int hostPort = port.integer("hostPort");
        String protocol = port.text("protocol");
        // SetDefaults_Pod: on the host's network a container's port is the host's port.
        return new ContainerPort(port.text("name"), containerPort,
                hostPort == 0 && hostNetwork ? containerPort : hostPort, port.text("hostIP"),
                protocol.isEmpty() ? "TCP" : protocol);
    }
}
