/**
 * The annotations that a user of DiskMemo writes.
 *
 * <p>They have no effect by themselves: the annotation processor in {@code diskmemo-processor} reads
 * them from source and writes the wrapper. They are kept in class files, so that classes of another
 * jar can be wrapped or extended too. Only {@link KeyIgnore} is visible to reflection: a wrapper of an
 * interface looks for it on the fields of its delegate.
 */
package io.diskmemo.annotations;
