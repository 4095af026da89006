package dev.podhop.k8s;

import dev.podhop.k8s.schema.ObjectReader;
import java.util.List;

/** What a probe or a lifecycle hook does. */
public sealed interface ContainerAction {

    /**
     * An HTTP request; {@code host} empty means the pod's address, {@code scheme} is HTTP or HTTPS.
     */
    record HttpGet(IntOrString port, String path, String host, String scheme)
            implements ContainerAction {}

    /** Opens a TCP connection. */
    record TcpSocket(IntOrString port, String host) implements ContainerAction {}

    /** Asks the gRPC health service. */
    record Grpc(int port, String service) implements ContainerAction {}

    /** Runs a command in the container. */
    record Exec(List<String> command) implements ContainerAction {}

    /** Waits. */
    record Sleep(long seconds) implements ContainerAction {}

    /** The one action an object holds; an exec without command if it holds none. */
    static ContainerAction read(ObjectReader action) {
        if (action.has("httpGet")) {
            ObjectReader get = action.object("httpGet");
            return new HttpGet(IntOrString.read(get, "port"), orElse(get.text("path"), "/"),
                    get.text("host"), orElse(get.text("scheme"), "HTTP"));
        }
        if (action.has("tcpSocket")) {
            ObjectReader socket = action.object("tcpSocket");
            return new TcpSocket(IntOrString.read(socket, "port"), socket.text("host"));
        }
        if (action.has("grpc")) {
            ObjectReader grpc = action.object("grpc");
            return new Grpc(grpc.integer("port"), grpc.text("service"));
        }
        if (action.has("sleep")) {
            return new Sleep(action.object("sleep").number("seconds", 0));
        }
        return new Exec(action.object("exec").texts("command"));
    }

    private static String orElse(String text, String absent) {
        return text.isEmpty() ? absent : text;
    }
}
