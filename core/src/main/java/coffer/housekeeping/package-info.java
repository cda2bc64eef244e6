/** Workers that do what buckets are set to, by themselves. */
@NullMarked
package coffer.housekeeping;

import org.jspecify.annotations.NullMarked;
