/** Between the calls and the disk: whatever the disk does, a call goes on. */
@NullMarked
package io.diskmemo.internal.resilience;

import org.jspecify.annotations.NullMarked;
