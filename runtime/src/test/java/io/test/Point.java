package io.test;

/** The record of the golden vectors of keys. */
public record Point(int x, int y) {}
