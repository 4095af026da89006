package dev.podhop.reports.picture;

import java.util.ArrayList;
import java.util.List;

/** A line with corners. */
public record Path(List<Point> points) {

    public Path {
        points = List.copyOf(points);
    }

    public double length() {
        double length = 0;
        for (int i = 1; i < points.size(); i++) {
            length += points.get(i - 1).distance(points.get(i));
        }
        return length;
    }

    /** The point at a share of the length. */
    public Point at(double share) {
        double left = length() * Math.clamp(share, 0, 1);
        for (int i = 1; i < points.size(); i++) {
            double part = points.get(i - 1).distance(points.get(i));
            if (left <= part && part > 0) {
                return points.get(i - 1).towards(points.get(i), left / part);
            }
            left -= part;
        }
        return points.getLast();
    }

    /** The beginning of the path, up to a share of its length. */
    public Path until(double share) {
        double left = length() * Math.clamp(share, 0, 1);
        List<Point> part = new ArrayList<>(List.of(points.getFirst()));
        for (int i = 1; i < points.size(); i++) {
            double piece = points.get(i - 1).distance(points.get(i));
            if (left < piece) {
                part.add(points.get(i - 1).towards(points.get(i), left / piece));
                break;
            }
            part.add(points.get(i));
            left -= piece;
        }
        return new Path(part);
    }

    /**
     * The same way on its right-hand side, as on a road: two directions never lie upon each other.
     */
    public Path keptRight(double by) {
        List<Point> corners = withoutRepeats();
        if (corners.size() < 2) {
            return this;
        }
        List<Point> moved = new ArrayList<>();
        for (int i = 0; i < corners.size(); i++) {
            Point here = corners.get(i);
            Point in = i == 0 ? null : normal(corners.get(i - 1), here);
            Point out = i == corners.size() - 1 ? null : normal(here, corners.get(i + 1));
            if (in == null || out == null) {
                Point only = in == null ? out : in;
                moved.add(shifted(here, only == null ? new Point(0, 0) : only, by));
            } else if (in.x() * out.x() + in.y() * out.y() < -0.5) {
                // A turn on the spot, or nearly: over to the other side of the road.
                moved.add(shifted(here, in, by));
                moved.add(shifted(here, out, by));
            } else {
                double scale = 1 + in.x() * out.x() + in.y() * out.y();
                Point both = new Point((in.x() + out.x()) / scale, (in.y() + out.y()) / scale);
                moved.add(shifted(here, both, by));
            }
        }
        return new Path(moved);
    }

    private List<Point> withoutRepeats() {
        List<Point> corners = new ArrayList<>();
        for (Point point : points) {
            if (corners.isEmpty() || corners.getLast().distance(point) > 0.01) {
                corners.add(point);
            }
        }
        return corners;
    }

    private static Point shifted(Point from, Point normal, double by) {
        return new Point(from.x() + normal.x() * by, from.y() + normal.y() * by);
    }

    /** To the right of the direction of travel; the y axis points down. */
    private static Point normal(Point from, Point to) {
        double length = from.distance(to);
        return new Point(-(to.y() - from.y()) / length, (to.x() - from.x()) / length);
    }

    /** This way and then another. */
    public Path then(Path next) {
        List<Point> all = new ArrayList<>(points);
        all.addAll(next.points);
        return new Path(all);
    }
}
