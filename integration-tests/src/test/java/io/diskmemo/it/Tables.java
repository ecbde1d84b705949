package io.diskmemo.it;

import io.diskmemo.annotations.DiskMemoize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Commons CSV. */
class Tables {
  record Table(List<String> header, List<Map<String, String>> rows, long lines) {}

  @DiskMemoize
  List<List<String>> rows(String csv, char delimiter) {
    try (CSVParser parser =
        CSVParser.parse(csv, CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get())) {
      return parser.stream().map(CSVRecord::toList).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(List.of(e.getClass().getName()));
    }
  }

  @DiskMemoize
  Optional<Table> table(String csv) {
    CSVFormat format =
        CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(csv, format)) {
      List<Map<String, String>> rows = new ArrayList<>();
      parser.forEach(row -> rows.add(row.toMap()));
      return Optional.of(new Table(parser.getHeaderNames(), rows, parser.getCurrentLineNumber()));
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
