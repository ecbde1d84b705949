package io.diskmemo.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.diskmemo.testkit.TestClock;
import io.diskmemo.testkit.TestLimits;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.Function;

class MethodsInUseTest {
  private static final MethodName FIRST = new MethodName("a.B.first()V", 1, "f");
  private static final MethodName LATE = new MethodName("a.B.late()V", 1, "f");

  @TempDir
  private Path directory;

  private final MethodsInUse methods = new MethodsInUse(new TestClock());

  /** It was taken to be written with the others, and was not, for a day. */
  @Test
  void methodThatIsBoundWhileOthersAreWrittenIsWrittenNext() throws Exception {
    StoreDirectory store = StoreDirectory.openOrCreate(directory);
    NativeLibrary.load(store.nativeLibraries());
    KindFiles files = store.createKind("default", 1).get(0);
    StoreLimits limits = TestLimits.ample().limits();
    try (ValueFiles valueFiles = new ValueFiles(files.directory());
        Writer writer = Writer.open(
            files,
            new Database(files::database, limits),
            limits,
            valueFiles,
            methods,
            new WriteQueue(limits.timeout()))) {
      methods.note(FIRST);
      writer.alone("bind another meanwhile", this::bindLateWhenAMethodIsWritten);
      assertThat(written(writer)).containsExactly(FIRST.name());

      assertThat(written(writer)).contains(LATE.name());
    }
  }

  /** The driver calls it from within the statement that writes a method. */
  private boolean bindLateWhenAMethodIsWritten(Statements statements) throws SQLException {
    Function.create(statements.connection(), "bind_late", new Function() {
      @Override
      protected void xFunc() throws SQLException {
        methods.note(LATE);
        result(1);
      }
    });
    statements.execute(
        "CREATE TEMP TRIGGER late AFTER INSERT ON main.method" + " BEGIN SELECT bind_late(); END");
    return true;
  }

  private static List<String> written(Writer writer) {
    writer.write("anything", transaction -> true);
    return writer.alone(
        "list methods",
        statements -> statements.list("SELECT name FROM method", row -> row.requiredText(1)));
  }
}
