package io.diskmemo.processor.library;

/**
 * A record that tests have from a class file.
 *
 * @param latitude in degrees
 * @param longitude in degrees
 */
public record Coordinates(double latitude, double longitude) {}
