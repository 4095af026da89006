package dev.podhop.reports.picture;

/** A rectangle on the ground. */
public record Box(double x, double y, double width, double height) {

    /** Lines that touch do not cross: half a unit is nothing. */
    private static final double SLACK = 0.5;

    public double right() {
        return x + width;
    }

    public double bottom() {
        return y + height;
    }

    public double centerX() {
        return x + width / 2;
    }

    public double centerY() {
        return y + height / 2;
    }

    /** Its middle. */
    public Point middle() {
        return new Point(centerX(), centerY());
    }

    public boolean contains(double px, double py) {
        return px >= x && px <= right() && py >= y && py <= bottom();
    }

    /** Whether another lies in it. */
    public boolean holds(Box inner) {
        return inner.x >= x - SLACK && inner.right() <= right() + SLACK
                && inner.y >= y - SLACK && inner.bottom() <= bottom() + SLACK;
    }

    /** Whether they share ground; touching is none. */
    public boolean overlaps(Box other) {
        return x < other.right() - SLACK && other.x < right() - SLACK
                && y < other.bottom() - SLACK && other.y < bottom() - SLACK;
    }

    /** So much larger on each side. */
    public Box grown(double by) {
        return new Box(x - by, y - by, width + 2 * by, height + 2 * by);
    }

    /** Elsewhere. */
    public Box moved(double dx, double dy) {
        return new Box(x + dx, y + dy, width, height);
    }

    /** Around a middle. */
    public static Box around(double centerX, double centerY, double width, double height) {
        return new Box(centerX - width / 2, centerY - height / 2, width, height);
    }

    /** Whether a straight line passes through its inside. */
    public boolean isCrossedBy(Point a, Point b) {
        double from = 0;
        double to = 1;
        double[][] sides = {{a.x(), b.x(), x + SLACK, right() - SLACK},
            {a.y(), b.y(), y + SLACK, bottom() - SLACK}};
        for (double[] side : sides) {
            double way = side[1] - side[0];
            if (Math.abs(way) < 1e-9) {
                if (side[0] <= side[2] || side[0] >= side[3]) {
                    return false;
                }
            } else {
                double one = (side[2] - side[0]) / way;
                double two = (side[3] - side[0]) / way;
                from = Math.max(from, Math.min(one, two));
                to = Math.min(to, Math.max(one, two));
            }
        }
        return from < to;
    }
}
