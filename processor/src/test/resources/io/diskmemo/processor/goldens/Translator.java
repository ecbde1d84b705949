package example;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.KeyIgnore;
import io.diskmemo.annotations.KeyPart;
import java.util.Locale;

/** Every way in which state of the receiver gets into the key, or is kept out of it. */
public class Translator {
  @KeyPart int quality = 1;
  private final String language;
  private String region = "";
  @KeyIgnore private long calls;

  public Translator(@KeyPart String language) {
    this.language = language;
  }

  protected Translator(@KeyPart String language, String region) {
    this.language = language;
    this.region = region;
  }

  @KeyPart
  protected String getRegion() {
    return region;
  }

  @DiskMemoize(kind = "translation")
  public String translate(String text, String language) {
    calls++;
    return text.toLowerCase(Locale.forLanguageTag(this.language + language + region + quality));
  }
}
