package dev.podhop.viz.topology;

/** A place on the ground. */
record Point(double x, double y) {

    double distance(Point other) {
        return Math.hypot(other.x - x, other.y - y);
    }

    /** The point at a share of the way to another. */
    Point towards(Point other, double share) {
        return new Point(x + (other.x - x) * share, y + (other.y - y) * share);
    }
}
