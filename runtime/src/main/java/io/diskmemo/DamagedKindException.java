package io.diskmemo;

/**
 * A kind is damaged: something failed, and looks at its databases on fresh connections found the reason.
 * {@link Maintenance#repair} mends what it can, and {@link Maintenance#restore()} puts a backup in the
 * place of the rest. What fails for another reason, such as a newer format or a missing permission, is
 * never one of these.
 */
public final class DamagedKindException extends DiskMemoException {
  private static final long serialVersionUID = 1L;

  /** Which one. */
  private final String kind;

  /** What was met. */
  private final String problem;

  DamagedKindException(String kind, DiskMemoException met) {
    super(met.operation(), message(kind, met), false, met);
    this.kind = kind;
    this.problem = String.valueOf(met.getMessage());
  }

  private static String message(String kind, DiskMemoException met) {
    return "kind " + kind + " is damaged (" + met.getMessage()
        + "); repair it, or restore a backup of it";
  }

  /**
   * Which one.
   *
   * @return its name
   */
  public String kind() {
    return kind;
  }

  /**
   * What was met.
   *
   * @return in words
   */
  public String problem() {
    return problem;
  }
}
