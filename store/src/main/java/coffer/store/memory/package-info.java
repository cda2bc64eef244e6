/** An engine that keeps everything in memory: for tests, and the shortest account of what an engine promises. */
@NullMarked
package coffer.store.memory;

import org.jspecify.annotations.NullMarked;
