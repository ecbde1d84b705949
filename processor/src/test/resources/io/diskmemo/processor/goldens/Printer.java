package example;

import io.diskmemo.annotations.OneAtATime;

/** An interface of whose implementations no results are kept, so that they may be anything. */
public interface Printer {
  @OneAtATime(name = "printer")
  void print(String page);

  int pages();
}
