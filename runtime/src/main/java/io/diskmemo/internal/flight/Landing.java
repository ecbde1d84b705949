package io.diskmemo.internal.flight;

/** How a flight ended, for a thread that looked at it. */
sealed interface Landing {
  /** The computation threw; that is between it and its caller. */
  Landing FAILED = new Failed();

  /** The flight brought an answer. */
  record Arrived(Answer answer) implements Landing {}

  /** The flight brought none. */
  record Failed() implements Landing {}

  /** The thread could not wait for the end. */
  record NotAwaited(Flights.WhyAlone reason) implements Landing {}
}
