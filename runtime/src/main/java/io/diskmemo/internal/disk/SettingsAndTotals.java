package io.diskmemo.internal.disk;

import java.util.LinkedHashMap;
import java.util.Map;

/** Settings and totals that are kept beside the entries. Thread-safe. */
final class SettingsAndTotals {
  private final Writer writer;
  private final Readers readers;

  SettingsAndTotals(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  void addTotals(Map<String, Long> increments) {
    writer.write("add to the totals", transaction -> {
      for (Map.Entry<String, Long> increment : increments.entrySet()) {
        transaction.statements.update(
            "INSERT INTO total (name, value) VALUES (?, ?)"
                + " ON CONFLICT (name) DO UPDATE SET value = min(value + excluded.value, "
                + Long.MAX_VALUE + ")", // a larger sum would be no integer any more
            increment.getKey(),
            increment.getValue());
      }
      return increments.size();
    });
  }

  Map<String, Long> totals() {
    return readers.read("read the totals", statements -> {
      Map<String, Long> totals = new LinkedHashMap<>();
      statements.list(
          "SELECT name, value FROM total ORDER BY name",
          row -> totals.put(row.requiredText(1), row.number(2)));
      return totals;
    });
  }

  void noteSettings(Map<String, String> settings) {
    if (!settings().equals(settings)) {
      writer.write("note the settings", transaction -> {
        transaction.statements.update("DELETE FROM setting");
        for (Map.Entry<String, String> setting : settings.entrySet()) {
          transaction.statements.update(
              "INSERT INTO setting (name, value) VALUES (?, ?)",
              setting.getKey(),
              setting.getValue());
        }
        return settings.size();
      });
    }
  }

  Map<String, String> settings() {
    return readers.read("read the settings", statements -> {
      Map<String, String> settings = new LinkedHashMap<>();
      statements.list(
          "SELECT name, value FROM setting ORDER BY name",
          row -> String.valueOf(settings.put(row.requiredText(1), row.requiredText(2))));
      return settings;
    });
  }
}
