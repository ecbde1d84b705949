package io.diskmemo.internal.flight;

import java.util.function.Supplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A wait for the computation of another thread or process. */
@Name("io.diskmemo.Wait")
@Label("Wait for a Computation")
@Category("DiskMemo")
@Description("A thread waited for a result that another thread or process computed")
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // the flight recorder reads the fields
final class WaitEvent extends Event implements WaitRecording {
  @Label("Kind")
  private String kind = "";

  @Label("Method")
  private String method = "";

  @Label("Process Id of the Holder")
  private long holderProcess;

  @Label("Host of the Holder")
  private String holderHost = "";

  @Label("Outcome")
  private String outcome = "";

  WaitEvent() {
    begin();
  }

  @Override
  public void end(WaitTerms terms, Supplier<Holder> holder, String how) {
    end();
    if (shouldCommit()) {
      Holder who = holder.get();
      kind = terms.kind();
      method = terms.method();
      holderProcess = who.processId();
      holderHost = who.host();
      outcome = how;
      commit();
    }
  }
}
