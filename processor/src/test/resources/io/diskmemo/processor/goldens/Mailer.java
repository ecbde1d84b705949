package example;

import io.diskmemo.annotations.DiskMemoize;
import io.diskmemo.annotations.OneAtATime;
import io.diskmemo.annotations.Throttled;
import java.io.IOException;

/** Methods alone and beside results that are kept, with one annotation and with both. */
class Mailer {
  @Throttled(permits = 10, period = "1s", name = "mail server")
  void send(String address, String text) throws IOException, InterruptedException {
    if (text.isEmpty()) {
      throw new IOException("nothing to send to " + address);
    }
  }

  @OneAtATime
  @Throttled(permits = 1, period = "PT0.5S")
  int clean(int... sendGate) {
    return sendGate.length;
  }

  @DiskMemoize(ttl = "1d")
  @OneAtATime(name = "reports", ttl = "1m")
  String report(String month) {
    return "report of " + month;
  }

  @DiskMemoize
  @Throttled(permits = 100, period = "1h")
  int[] counts(int[] months) {
    return months.clone();
  }
}
