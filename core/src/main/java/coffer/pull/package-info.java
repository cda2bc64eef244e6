/** Fetches what buckets lack from where they are set to get it. */
@NullMarked
package coffer.pull;

import org.jspecify.annotations.NullMarked;
