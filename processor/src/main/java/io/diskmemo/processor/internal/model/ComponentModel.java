package io.diskmemo.processor.internal.model;

/** What makes wrappers and hands them to others. */
public enum ComponentModel {
  /** The program itself. */
  DEFAULT,
  /** A container that knows {@code jakarta.inject}. */
  JAKARTA,
  /** Spring. */
  SPRING
}
