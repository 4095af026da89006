package dev.podhop.reports.picture;

import java.util.ArrayList;
import java.util.List;

/** Shapes as corners: an arrow's head, and the outline of a packet by its kind. */
public final class Heads {

    private static final int ROUND = 8;

    private Heads() {}

    /** A head at the end of a path, so that a still picture tells the direction. */
    public static List<Point> of(Path path) {
        List<Point> points = path.points();
        for (int i = points.size() - 1; i > 0; i--) {
            Point from = points.get(i - 1);
            Point to = points.get(i);
            double length = from.distance(to);
            if (length > 6) {
                double dx = (to.x() - from.x()) / length;
                double dy = (to.y() - from.y()) / length;
                return List.of(new Point(to.x() + dx * 3, to.y() + dy * 3),
                        new Point(to.x() - dx * 9 - dy * 6, to.y() - dy * 9 + dx * 6),
                        new Point(to.x() - dx * 9 + dy * 6, to.y() - dy * 9 - dx * 6));
            }
        }
        return List.of();
    }

    /**
     * The shape of a packet: a SYN and a FIN point on, a SYN-ACK and an ACK are round, data are
     * square, a reset is a diamond, an ICMP message a hexagon.
     */
    public static List<Point> outline(PacketKind kind, Box box) {
        double tip = Math.min(box.width(), box.height()) / 2;
        double x = box.x();
        double y = box.y();
        double right = box.right();
        double bottom = box.bottom();
        double middle = box.centerY();
        return switch (kind) {
            case SYN, FIN -> List.of(new Point(x, y), new Point(right - tip, y),
                    new Point(right, middle), new Point(right - tip, bottom),
                    new Point(x, bottom));
            case DATA, DATAGRAM -> List.of(new Point(x, y), new Point(right, y),
                    new Point(right, bottom), new Point(x, bottom));
            case RST, ICMP -> List.of(new Point(x, middle), new Point(x + tip, y),
                    new Point(right - tip, y), new Point(right, middle),
                    new Point(right - tip, bottom), new Point(x + tip, bottom));
            case SYN_ACK, ACK, ARP -> round(box, tip);
        };
    }

    private static List<Point> round(Box box, double radius) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= ROUND; i++) {
            double angle = -Math.PI / 2 + Math.PI * i / ROUND;
            points.add(new Point(box.right() - radius + radius * Math.cos(angle),
                    box.centerY() + radius * Math.sin(angle)));
        }
        for (int i = 0; i <= ROUND; i++) {
            double angle = Math.PI / 2 + Math.PI * i / ROUND;
            points.add(new Point(box.x() + radius + radius * Math.cos(angle),
                    box.centerY() + radius * Math.sin(angle)));
        }
        return points;
    }
}
