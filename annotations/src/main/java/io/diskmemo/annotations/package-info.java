/**
 * The annotations that a user of DiskMemo writes.
 *
 * <p>They have no effect by themselves: the annotation processor in {@code diskmemo-processor} reads
 * them from source and writes the wrapper. They are kept in class files, so that classes of another
 * jar can be wrapped or extended too, and are not visible to reflection.
 */
package io.diskmemo.annotations;
