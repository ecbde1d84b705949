package io.diskmemo.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private record Amount(String kind, long bytes) {}

  private static KindTable<Amount> amounts(Amount... amounts) {
    return new KindTable<>(List.of(amounts), Amount::kind)
        .bytes("SIZE", Amount::bytes)
        .words("STATE", amount -> "fine");
  }

  @Test
  void columnsAreAsWideAsWhatTheyHold() {
    Table table = new Table(List.of(Table.Align.LEFT, Table.Align.RIGHT, Table.Align.LEFT));
    table.row("KIND", "N", "STATE");
    table.row("geo", "1,200", "fine");
    table.row("routes");
    assertThat(table.lines())
        .containsExactly("KIND        N  STATE", "geo     1,200  fine", "routes");
  }

  @Test
  void rowWithTooManyCellsIsRefused() {
    Table table = new Table(List.of(Table.Align.LEFT));
    assertThatThrownBy(() -> table.row("a", "b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[a, b] are more than 1 cells");
  }

  @Test
  void severalKindsHaveATotal() {
    assertThat(amounts(new Amount("geo", 1024), new Amount("routes", 512)).lines())
        .containsExactly(
            "KIND       SIZE  STATE",
            "geo       1 KiB  fine",
            "routes    512 B  fine",
            "TOTAL   1.5 KiB");
  }

  @Test
  void oneKindHasNoTotal() {
    assertThat(amounts(new Amount("geo", 1)).lines())
        .containsExactly("KIND  SIZE  STATE", "geo    1 B  fine");
  }

  @Test
  void noKindIsSaid() {
    assertThat(amounts().lines()).containsExactly("KIND        SIZE  STATE", "(none yet)");
  }
}
