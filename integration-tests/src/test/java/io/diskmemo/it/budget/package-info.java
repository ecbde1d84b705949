/**
 * What calls cost, in numbers that don't depend on the machine: bytes, system calls, classes and
 * statements. A limit is a constant of the test, beside what the number was when it was set.
 */
package io.diskmemo.it.budget;
