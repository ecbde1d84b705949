package io.diskmemo.internal.resilience;

import java.time.Instant;
import java.util.Optional;

/**
 * How it is with the disk of a kind.
 *
 * @param level how much of it can be used
 * @param trouble what is wrong, if anything
 * @param reason the same for people; empty if nothing is
 * @param since when
 * @param failures of operations, since the kind was opened, whatever followed from them
 * @param changes of the level since then
 */
public record Condition(
    Level level,
    Optional<Trouble> trouble,
    String reason,
    Instant since,
    long failures,
    long changes) {}
