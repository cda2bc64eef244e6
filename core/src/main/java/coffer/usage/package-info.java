/**
 * How much buckets and accounts hold, counted in memory with each commit, and what accounts may hold at most. Saved now and
 * then; counted anew from the rows if the server was not stopped properly.
 */
@NullMarked
package coffer.usage;

import org.jspecify.annotations.NullMarked;
