package io.diskmemo.it.budget;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs {@link StatementCaller} and notes each statement that its main thread, or one that writes for
 * it, gives to SQLite, at the one method of the driver that all prepared statements go through.
 */
final class Debugger {
  private static final String DRIVER = "org.sqlite.core.DB";
  private static final String CALLER = StatementCaller.class.getName();

  private final Map<String, List<String>> statements = new LinkedHashMap<>();
  private final VirtualMachine machine;
  private String mark = "start";

  private Debugger(VirtualMachine machine) {
    this.machine = machine;
  }

  /** Statements by mark, in their order. */
  static Map<String, List<String>> statements(String directory) throws Exception {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("main").setValue(CALLER + " \"" + directory + "\"");
    arguments
        .get("options")
        .setValue("-cp \"" + System.getProperty("java.class.path")
            + "\" --enable-native-access=ALL-UNNAMED -Dorg.slf4j.simpleLogger.defaultLogLevel=warn "
            + Jvm.PATIENCE);
    Debugger debugger = new Debugger(connector.launch(arguments));
    debugger.watch();
    int status = debugger.machine.process().waitFor();
    if (status != 0) {
      throw new AssertionError("the child failed: "
          + new String(
              debugger.machine.process().getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
    return debugger.statements;
  }

  private void watch() throws Exception {
    for (String name : List.of(DRIVER, CALLER)) {
      ClassPrepareRequest request = machine.eventRequestManager().createClassPrepareRequest();
      request.addClassFilter(name);
      request.enable();
    }
    boolean runs = true;
    while (runs) {
      EventSet events = machine.eventQueue().remove();
      for (Event event : events) {
        runs &= !(event instanceof VMDisconnectEvent);
        take(event);
      }
      events.resume();
    }
  }

  private void take(Event event) throws Exception {
    if (event instanceof ClassPrepareEvent prepared) {
      stopAt(prepared.referenceType());
    } else if (event instanceof BreakpointEvent stopped
        && isOfCall(stopped.thread().name())) {
      StackFrame frame = stopped.thread().frame(0);
      ObjectReference argument = (ObjectReference) frame.getArgumentValues().get(0);
      if (argument instanceof StringReference name) {
        mark = name.value();
      } else {
        statements.computeIfAbsent(mark, key -> new ArrayList<>()).add(sql(argument));
      }
    }
  }

  /** The thread that calls, or one that writes while it waits. */
  private static boolean isOfCall(String thread) {
    return thread.equals("main") || thread.startsWith("diskmemo-write-");
  }

  private void stopAt(ReferenceType type) {
    String method = type.name().equals(DRIVER) ? "execute" : "mark";
    BreakpointRequest request = machine
        .eventRequestManager()
        .createBreakpointRequest(type.methodsByName(method).get(0).location());
    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    request.enable();
  }

  private static String sql(ObjectReference statement) {
    return ((StringReference) statement.getValue(statement.referenceType().fieldByName("sql")))
        .value();
  }
}
