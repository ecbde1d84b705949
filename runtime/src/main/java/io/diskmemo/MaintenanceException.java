package io.diskmemo;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Maintenance could not be done on a kind, or on several. On all others it was, and their reports are
 * here. Where only one kind was to be maintained, its own exception is thrown instead.
 */
public final class MaintenanceException extends DiskMemoException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable List<?> reports; // none of a copy that was serialized
  private final transient @Nullable Map<String, DiskMemoException> failures;

  /**
   * Takes the first failure for its cause.
   *
   * @param reports of what was done
   * @param failures at least one
   */
  MaintenanceException(List<?> reports, Map<String, DiskMemoException> failures) {
    this(reports, failures, failures.values().iterator().next());
  }

  private MaintenanceException(
      List<?> reports, Map<String, DiskMemoException> failures, DiskMemoException first) {
    super(
        first.operation(),
        message(failures),
        failures.values().stream().allMatch(DiskMemoException::isTransient),
        first);
    this.reports = List.copyOf(reports);
    this.failures = failures;
    failures.values().stream().skip(1).forEach(this::addSuppressed);
  }

  private static String message(Map<String, DiskMemoException> failures) {
    return failures.entrySet().stream()
        .map(failure -> failure.getKey() + ": " + failure.getValue().getMessage())
        .collect(Collectors.joining("; "));
  }

  /**
   * What the method would have returned, but for what failed.
   *
   * @param type of its reports, such as {@code EvictionReport.class}
   * @param <T> the same
   * @return in the order of kinds; empty if nothing was done
   */
  public <T> List<T> reports(Class<T> type) {
    return reports == null
        ? List.of()
        : reports.stream().filter(type::isInstance).<T>map(type::cast).toList();
  }

  /**
   * What failed, and why.
   *
   * @return by the name of the kind, or by what else it is, such as {@code temporary files}
   */
  public Map<String, DiskMemoException> failures() {
    return failures == null ? Map.of() : failures;
  }
}
