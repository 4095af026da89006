package dev.podhop.viz.style;

import dev.podhop.reports.picture.PacketKind;
import javafx.scene.canvas.GraphicsContext;

/**
 * The shape of a packet, the same on the ground and in the lanes: a SYN and a FIN point on, a
 * SYN-ACK and an ACK are round, data are square, a reset is a diamond, an ICMP message a hexagon.
 */
public final class Outline {

    private Outline() {}

    /** Fills the shape of a kind around a middle. */
    public static void fill(GraphicsContext gc, PacketKind kind, double x, double y, double width,
            double height) {
        double w = width / 2;
        double h = height / 2;
        double tip = Math.min(w, h);
        switch (kind) {
            case SYN, FIN -> polygon(gc, x, y, new double[] {-w, w - tip, w, w - tip, -w},
                    new double[] {-h, -h, 0, h, h});
            case SYN_ACK, ACK -> gc.fillRoundRect(x - w, y - h, width, height, height, height);
            case DATA, DATAGRAM -> gc.fillRoundRect(x - w, y - h, width, height, 4, 4);
            case RST -> polygon(gc, x, y, new double[] {-w - tip * 0.4, -w + tip, w - tip,
                w + tip * 0.4, w - tip, -w + tip}, new double[] {0, -h, -h, 0, h, h});
            case ICMP -> polygon(gc, x, y,
                    new double[] {-w, -w + tip, w - tip, w, w - tip, -w + tip},
                    new double[] {0, -h, -h, 0, h, h});
            case ARP -> gc.fillOval(x - w, y - h, width, height);
        }
    }

    private static void polygon(GraphicsContext gc, double x, double y, double[] dx, double[] dy) {
        double[] px = new double[dx.length];
        double[] py = new double[dx.length];
        for (int i = 0; i < dx.length; i++) {
            px[i] = x + dx[i];
            py[i] = y + dy[i];
        }
        gc.fillPolygon(px, py, px.length);
    }
}
