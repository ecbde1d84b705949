/** What a store pays for beside a commit of SQLite. */
@NullMarked
package io.diskmemo.benchmarks.price;

import org.jspecify.annotations.NullMarked;
