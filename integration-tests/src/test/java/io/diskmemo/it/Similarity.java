package io.diskmemo.it;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyIgnore;
import io.diskmemo.key.KeyEncodable;
import io.diskmemo.key.KeyWriter;
import java.util.Locale;
import org.apache.commons.text.similarity.FuzzyScore;
import org.apache.commons.text.similarity.JaccardSimilarity;

/** Commons Text behind an interface, whose delegates are told apart by what they are. */
interface Similarity {
  @DiskMemoize
  double of(String one, String other);

  /** A delegate that is a constant. */
  enum Known implements Similarity {
    JACCARD {
      @Override
      public double of(String one, String other) {
        return new JaccardSimilarity().apply(one, other);
      }
    },
    LENGTH {
      @Override
      public double of(String one, String other) {
        return one.length() - other.length();
      }
    }
  }

  /** A delegate that has state. */
  final class Fuzzy implements Similarity, KeyEncodable {
    private final String language;

    @KeyIgnore
    private final FuzzyScore score;

    Fuzzy(String language) {
      this.language = language;
      this.score = new FuzzyScore(Locale.forLanguageTag(language));
    }

    @Override
    public double of(String one, String other) {
      return score.fuzzyScore(one, other);
    }

    @Override
    public void encodeKey(KeyWriter key) {
      key.writeString(language);
    }
  }
}
