package io.diskmemo.internal.resilience;

/** What follows from trouble with the disk. */
public enum Reaction {
  /** This call goes on without the disk; the disk is in order, and nothing is counted. */
  GO_ON,
  /** This value is not stored or not read; others are. */
  LEAVE_VALUE,
  /** Nothing is stored until a trial succeeds, before which room is made; what is there is read. */
  ONLY_READ,
  /** It counts; after several without a success in between, as {@link #USE_MEMORY}. */
  COUNT,
  /** The kind works from memory until a trial succeeds. */
  USE_MEMORY,
  /** As {@link #USE_MEMORY}, with trials half as often, because somebody has to do something first. */
  USE_MEMORY_FOR_LONG,
  /** As {@link #USE_MEMORY}, with a trial at once, which opens the store anew. */
  OPEN_AGAIN,
  /** As {@link #OPEN_AGAIN}, after a look whether it is damaged, and its repair. */
  REPAIR
}
