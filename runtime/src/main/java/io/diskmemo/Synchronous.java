package io.diskmemo;

/** How far a commit goes before it returns. */
public enum Synchronous {
  /** A power cut may lose the latest commits, and never damages the store. */
  NORMAL,
  /** A commit waits until the disk has it. */
  FULL
}
