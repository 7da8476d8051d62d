package io.leasehold.cli.bench.plot;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A line chart as SVG: one axis from zero up, the other linear or by powers of ten, bars from lowest to highest. */
final class Picture {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final int LEFT = 80;
    private static final int RIGHT = 30;
    private static final int TOP = 50;
    private static final int BOTTOM = 60;
    private static final int LINES = 5;
    private static final int CAP = 4;
    private static final double ROOM = 1.1;
    private static final double LARGE = 1_000;
    private static final String INK = "#1f4e79";

    private final String title;
    private final String xName;
    private final String yName;
    private final boolean logarithmic;
    private final List<Point> points;
    private final double most;

    /** @param points one at least; with a logarithmic axis each x is above 0 */
    Picture(String title, String xName, String yName, boolean logarithmic, List<Point> points) {
        this.title = title;
        this.xName = xName;
        this.yName = yName;
        this.logarithmic = logarithmic;
        this.points =
                points.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
        double highest = points.stream().mapToDouble(Point::high).max().orElseThrow();
        this.most = highest > 0 ? highest * ROOM : 1;
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">",
                WIDTH,
                HEIGHT);
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        text(svg, WIDTH / 2.0, TOP / 2.0, "middle", title);
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 15, "middle", xName);
        text(svg, 10, TOP - 12, "start", yName);
        grid(svg);
        StringBuilder line = new StringBuilder();
        for (Point point : points) {
            add(line, "%.1f,%.1f ", x(point.x()), y(point.y()));
            mark(svg, point);
        }
        add(
                svg,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
                line.toString().strip(),
                INK);
        return svg.append("</svg>\n").toString();
    }

    private void grid(StringBuilder svg) {
        for (int i = 0; i <= LINES; i++) {
            double value = most * i / LINES;
            add(
                    svg,
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>",
                    LEFT,
                    y(value),
                    WIDTH - RIGHT,
                    y(value));
            text(svg, LEFT - 8, y(value) + 4, "end", shown(value));
        }
    }

    private void mark(StringBuilder svg, Point point) {
        double x = x(point.x());
        add(svg, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>", x, y(point.y()), INK);
        add(
                svg,
                "<path d=\"M%.1f,%.1f h%d M%.1f,%.1f V%.1f M%.1f,%.1f h%d\" stroke=\"%s\"/>",
                x - CAP,
                y(point.low()),
                2 * CAP,
                x,
                y(point.low()),
                y(point.high()),
                x - CAP,
                y(point.high()),
                2 * CAP,
                INK);
        text(svg, x, HEIGHT - BOTTOM + 20, "middle", shown(point.x()));
    }

    private double x(double value) {
        double first = scaled(points.get(0).x());
        double last = scaled(points.get(points.size() - 1).x());
        double part = last == first ? 0.5 : (scaled(value) - first) / (last - first);
        return LEFT + 20 + part * (WIDTH - RIGHT - LEFT - 40);
    }

    private double scaled(double value) {
        return logarithmic ? Math.log10(value) : value;
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / most * (HEIGHT - BOTTOM - TOP);
    }

    private static String shown(double value) {
        boolean whole = value == Math.rint(value) || Math.abs(value) >= LARGE;
        return String.format(Locale.ROOT, whole ? "%,.0f" : "%.2f", value);
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        add(svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
