package io.diskmemo.internal.resilience;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The disk of a kind can be used more or less than before. */
@Name("io.diskmemo.Health")
@Label("Health of a Kind's Disk")
@Category("DiskMemo")
@Description("The disk of a kind failed, or works again")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class HealthEvent extends Event {
  @Label("Kind")
  private String kind = "";

  @Label("Level")
  private String level = "";

  @Label("Trouble")
  private String trouble = "";

  @Label("Reason")
  private String reason = "";

  static void write(String kind, Condition now) {
    HealthEvent event = new HealthEvent();
    if (event.shouldCommit()) {
      event.kind = kind;
      event.level = now.level().name();
      event.trouble = now.trouble().map(Enum::name).orElse("");
      event.reason = now.reason();
      event.commit();
    }
  }
}
