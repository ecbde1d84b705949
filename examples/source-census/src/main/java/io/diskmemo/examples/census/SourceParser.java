package io.diskmemo.examples.census;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Problem;
import com.github.javaparser.ast.CompilationUnit;
import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.FileContent;
import java.io.IOException;
import java.nio.file.Path;

/** Parses Java sources and measures them, which takes milliseconds for each. Thread-safe. */
class SourceParser {

  /**
   * Measures one file. What it returns depends on the bytes of the file only, so that a moved file is
   * not parsed again; the library is a part of the key because entries are evicted by it.
   *
   * @param library that the file belongs to
   * @param file of Java source in UTF-8
   * @return its metrics, also if it is not Java
   * @throws IOException if the file cannot be read
   */
  @DiskMemoize(kind = "census", tag = "library:{library}", version = 1)
  SourceMetrics parse(String library, @FileContent Path file) throws IOException {
    ParseResult<CompilationUnit> parsed = javaParser().parse(file);
    return parsed.isSuccessful()
        ? SourceMeter.measure(parsed.getResult().orElseThrow())
        : SourceMetrics.unparsed(describe(parsed.getProblem(0)));
  }

  /** A parser is not thread-safe. Nothing of it is kept, so that a warm run does not even load it. */
  private static JavaParser javaParser() {
    return new JavaParser(new ParserConfiguration()
        .setLanguageLevel(LanguageLevel.BLEEDING_EDGE)
        .setAttributeComments(false));
  }

  private static String describe(Problem problem) {
    return problem.getVerboseMessage().lines().findFirst().orElseThrow();
  }
}
