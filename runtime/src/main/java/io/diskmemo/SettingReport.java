package io.diskmemo;

/**
 * A setting of a kind.
 *
 * @param kind that it belongs to
 * @param setting as in {@code diskmemo.kind.geo.size-limit}, after the kind
 * @param value as it would be written there
 * @param origin the file, {@code the system properties}, {@code the environment}, {@code the program},
 *     {@code noted by an application} or {@code default}
 */
public record SettingReport(String kind, String setting, String value, String origin) {}
