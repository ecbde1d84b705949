package io.diskmemo.it;

import io.diskmemo.annotations.DiskMemoize;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.threeten.extra.Interval;

/** Libraries again, with results of classes that are kept as JSON. */
public class Beans {

  /** An element of a page. */
  public static class Tree {
    private String tag = "";
    private String text = "";
    private Map<String, String> attributes = new LinkedHashMap<>();
    private Set<String> classes = new LinkedHashSet<>();
    public List<Tree> children = new ArrayList<>();

    public String getTag() {
      return tag;
    }

    public String getText() {
      return text;
    }

    public Map<String, String> getAttributes() {
      return attributes;
    }

    public Set<String> getClasses() {
      return classes;
    }

    public int getDepth() {
      return 1 + children.stream().mapToInt(Tree::getDepth).max().orElse(0);
    }
  }

  /** Numbers that say something of others. */
  public static class Moments {
    public long count;
    public double mean;
    public Double deviation;
    public float most;
    public double[] sorted = {};
    public Map<Integer, Double> percentiles = new LinkedHashMap<>();
  }

  /** When something was. */
  public static class Times {
    public OffsetDateTime there;
    public ZonedDateTime here;
    public List<Span> around = new ArrayList<>();
  }

  /** A beginning and an end. */
  public record Span(Instant from, Duration length) {}

  @DiskMemoize
  Tree tree(String html) {
    return tree(Jsoup.parseBodyFragment(html).body());
  }

  private static Tree tree(Element element) {
    Tree tree = new Tree();
    tree.tag = element.tagName();
    tree.text = element.ownText();
    for (Attribute attribute : element.attributes()) {
      tree.attributes.put(attribute.getKey(), attribute.getValue());
    }
    tree.classes.addAll(element.classNames());
    element.children().forEach(child -> tree.children.add(tree(child)));
    return tree;
  }

  @DiskMemoize
  Moments moments(double... values) {
    DescriptiveStatistics statistics = new DescriptiveStatistics(values);
    Moments moments = new Moments();
    moments.count = statistics.getN();
    moments.mean = statistics.getMean();
    moments.deviation = values.length == 0 ? null : statistics.getStandardDeviation();
    moments.most = (float) statistics.getMax();
    moments.sorted = statistics.getSortedValues();
    for (int percent : new int[] {10, 50, 90}) {
      moments.percentiles.put(percent, statistics.getPercentile(percent));
    }
    return moments;
  }

  @DiskMemoize
  Times times(OffsetDateTime time, Duration length) {
    Interval interval = Interval.of(time.toInstant(), length.abs());
    Times times = new Times();
    times.there = time;
    times.here = time.atZoneSameInstant(ZoneId.of("Pacific/Auckland"));
    times.around.add(new Span(interval.getStart(), interval.toDuration()));
    return times;
  }
}
