package io.diskmemo.internal.flight;

import java.time.Duration;

/**
 * For what somebody waits, and how long at most.
 *
 * @param kind of the method
 * @param method its name, for people
 * @param longest wait
 * @param observer learns of long waits
 */
public record WaitTerms(String kind, String method, Duration longest, WaitObserver observer) {}
