package io.diskmemo.it;

import io.diskmemo.annotations.DiskMemoize;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.text.StringEscapeUtils;
import org.apache.commons.text.StringTokenizer;
import org.apache.commons.text.WordUtils;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDetailedDistance;
import org.apache.commons.text.similarity.LevenshteinResults;
import org.apache.commons.text.similarity.LongestCommonSubsequence;

/** Commons Text. */
class Texts {
  record Edits(Integer distance, int inserted, int deleted, int substituted) {}

  @DiskMemoize
  String unescape(String html) {
    return StringEscapeUtils.unescapeHtml4(html);
  }

  @DiskMemoize
  Map<String, String> escapes(String text) {
    Map<String, String> escapes = new TreeMap<>();
    escapes.put("java", StringEscapeUtils.escapeJava(text));
    escapes.put("json", StringEscapeUtils.escapeJson(text));
    escapes.put("html", StringEscapeUtils.escapeHtml4(text));
    escapes.put("csv", StringEscapeUtils.escapeCsv(text));
    return escapes;
  }

  @DiskMemoize(tag = "edits")
  Edits edits(String from, String to) {
    LevenshteinResults results =
        LevenshteinDetailedDistance.getDefaultInstance().apply(from, to);
    return new Edits(
        results.getDistance(),
        results.getInsertCount(),
        results.getDeleteCount(),
        results.getSubstituteCount());
  }

  @DiskMemoize
  Double likeness(String one, String other) {
    return new JaroWinklerSimilarity().apply(one, other);
  }

  @DiskMemoize
  Optional<String> common(String one, String other) {
    CharSequence common = new LongestCommonSubsequence().longestCommonSubsequence(one, other);
    return common.isEmpty() ? Optional.empty() : Optional.of(common.toString());
  }

  @DiskMemoize
  List<String> words(String text) {
    return new StringTokenizer(text).getTokenList();
  }

  @DiskMemoize
  String[] wrapped(String text, int width) {
    return WordUtils.wrap(text, width, "\n", true).split("\n", -1);
  }
}
