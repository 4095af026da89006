package dev.podhop.cli.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A wire to a server that breaks after so many bytes of answers, on each connection anew. */
final class Cut implements AutoCloseable {

    private final ServerSocket listening =
            new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int port;
    private final int bytes;

    Cut(int port, int bytes) throws IOException {
        this.port = port;
        this.bytes = bytes;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.ofVirtual().start(() -> pass(client, server, Integer.MAX_VALUE));
                Thread.ofVirtual().start(() -> pass(server, client, bytes));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to, int most) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[4096];
            int left = most;
            for (int read; left > 0 && (read = in.read(buffer)) >= 0;) {
                out.write(buffer, 0, Math.min(read, left));
                out.flush();
                left -= read;
            }
        } catch (IOException closed) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
