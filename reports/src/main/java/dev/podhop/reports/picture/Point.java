package dev.podhop.reports.picture;

/** A place on the ground. */
public record Point(double x, double y) {

    public double distance(Point other) {
        return Math.hypot(other.x - x, other.y - y);
    }

    /** The point at a share of the way to another. */
    public Point towards(Point other, double share) {
        return new Point(x + (other.x - x) * share, y + (other.y - y) * share);
    }
}
