/** What several tests stand on: a clock to be moved, and memoized methods that count. */
package io.diskmemo.testkit;
