package io.diskmemo.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Medians as horizontal bars with a line from the least to the most, in SVG. The axis is logarithmic
 * where the greatest is many times the smallest.
 *
 * @param title above the bars
 * @param bars at least one, of one unit
 */
record BarChart(String title, List<Measurement> bars) {
  private static final int WIDTH = 1000;
  private static final int NAMES = 420;
  private static final int FIGURES = 110;
  private static final int ROW = 24;
  private static final int TOP = 40;
  private static final double MANY_TIMES = 30;

  String svg() {
    double most = bars.stream().mapToDouble(Measurement::most).max().orElseThrow();
    double least = bars.stream().mapToDouble(BarChart::positive).min().orElseThrow();
    Scale scale = new Scale(least / 2, most, most / least > MANY_TIMES);
    StringBuilder svg = new StringBuilder();
    int height = TOP + ROW * bars.size() + 10;
    svg.append(String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\"",
        WIDTH,
        height));
    svg.append(" font-family=\"sans-serif\" font-size=\"13\">\n");
    svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    svg.append(text(10, 22, "start", title + (scale.isLogarithmic() ? " (logarithmic)" : "")));
    for (int i = 0; i < bars.size(); i++) {
      bar(svg, bars.get(i), TOP + ROW * i, scale);
    }
    return svg.append("</svg>\n").toString();
  }

  private static double positive(Measurement bar) {
    return Math.max(bar.least(), 1e-3);
  }

  private static void bar(StringBuilder svg, Measurement bar, int top, Scale scale) {
    boolean isOurs = bar.name().contains("DiskMemo");
    int end = scale.at(bar.median());
    svg.append(text(NAMES - 8, top + 16, "end", bar.name().replaceFirst("^[^:]*: ", "")));
    svg.append(String.format(
        Locale.ROOT,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"16\" fill=\"%s\"/>\n",
        NAMES,
        top + 4,
        end - NAMES,
        isOurs ? "#2b6cb0" : "#a0aec0"));
    svg.append(String.format(
        Locale.ROOT,
        "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"black\"/>\n",
        scale.at(bar.least()),
        top + 12,
        scale.at(bar.most()),
        top + 12));
    svg.append(text(
        scale.at(bar.most()) + 6,
        top + 16,
        "start",
        String.format(Locale.ROOT, bar.median() < 100 ? "%.1f" : "%,.0f", bar.median())));
  }

  private static String text(int x, int y, String anchor, String words) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n",
        x,
        y,
        anchor,
        words.replace("&", "&amp;").replace("<", "&lt;"));
  }

  /** From values to places. */
  private record Scale(double least, double most, boolean isLogarithmic) {
    int at(double value) {
      double part = isLogarithmic
          ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
          : value / most;
      return NAMES + (int) Math.round(Math.max(0, part) * (WIDTH - NAMES - FIGURES));
    }
  }
}
