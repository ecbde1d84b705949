package example;

import io.diskmemo.DiskMemo;
import io.diskmemo.codec.Codecs;
import io.diskmemo.generated.Arguments;
import io.diskmemo.generated.Hit;
import io.diskmemo.generated.MemoizedMethod;
import io.diskmemo.generated.MethodSpec;
import io.diskmemo.key.KeyWriter;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * {@link Translator} with its results kept by DiskMemo.
 *
 * <p>{@code translate(String, String)}
 *
 * <ul>
 *   <li>key: {@code quality} of the receiver, {@code language} of the receiver, {@code region} of
 *       the receiver, {@code text}, {@code language}
 *   <li>kind {@code translation}, version 1, kept as long as the profile of the kind says
 *   <li>tags: none
 *   <li>value: {@code String}, immutable, one instance for all callers
 * </ul>
 */
@Generated("io.diskmemo.processor.DiskMemoProcessor")
public final class MemoizedTranslator extends Translator {
  private static final MethodSpec<String> TRANSLATE =
      MethodSpec.<String>method("example.Translator", "translate", "java.lang.String",
          "java.lang.String")
          .returns("java.lang.String")
          .kind("translation")
          .fingerprint("3853e9272e7490c203a80e98e78e48bc")
          .argumentsAreValues()
          .receiverMayChange()
          .sharedResult(Codecs.of(String.class))
          .build();

  private final String language;

  private final MemoizedMethod<String> translate;

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  public MemoizedTranslator(String language) {
    this(DiskMemo.shared(), language);
  }

  /**
   * Keeps results in {@link DiskMemo#shared()}.
   */
  protected MemoizedTranslator(String language, String region) {
    this(DiskMemo.shared(), language, region);
  }

  /**
   * Keeps results in {@code memo}.
   */
  public MemoizedTranslator(DiskMemo memo, String language) {
    super(language);
    this.language = language;
    this.translate = memo.memoize(TRANSLATE);
  }

  /**
   * Keeps results in {@code memo}.
   */
  protected MemoizedTranslator(DiskMemo memo, String language, String region) {
    super(language, region);
    this.language = language;
    this.translate = memo.memoize(TRANSLATE);
  }

  @Override
  public String translate(String text, String language) {
    if (translate == null) { // called by the constructor of Translator
      return super.translate(text, language);
    }
    TranslateArguments arguments = new TranslateArguments(super.quality, this.language,
        super.getRegion(), text, language);
    Hit<String> hit = translate.find(arguments);
    return hit != null
        ? hit.value()
        : translate.compute(arguments, () -> super.translate(text, language));
  }

  /**
   * The result of {@code translate}, if there is one; computes nothing.
   */
  public Optional<Hit<String>> peekTranslate(String text, String language) {
    return translate.peek(new TranslateArguments(super.quality, this.language, super.getRegion(),
        text, language));
  }

  /**
   * Computes {@code translate}, and keeps the result in place of what is there.
   */
  public String refreshTranslate(String text, String language) {
    return translate.refresh(new TranslateArguments(super.quality, this.language, super.getRegion(),
        text, language), () -> super.translate(text, language));
  }

  /**
   * Evicts the result of {@code translate}; whether there was one.
   */
  public boolean evictTranslate(String text, String language) {
    return translate.evict(new TranslateArguments(super.quality, this.language, super.getRegion(),
        text, language));
  }

  private record TranslateArguments(int quality, String ownLanguage, String region, String text,
      String language) implements Arguments {
    @Override
    public void writeKey(KeyWriter key) {
      key.writeInt(quality);
      key.writeString(ownLanguage);
      key.writeString(region);
      key.writeString(text);
      key.writeString(language);
    }
  }
}
