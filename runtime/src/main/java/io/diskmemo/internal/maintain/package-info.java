/**
 * Work on whole kinds, in steps that each hold a database for a moment: {@link
 * io.diskmemo.internal.maintain.Upkeep}, and the files of {@link
 * io.diskmemo.internal.maintain.ExportFile}.
 */
@NullMarked
package io.diskmemo.internal.maintain;

import org.jspecify.annotations.NullMarked;
