/** The state of global acceleration of a bucket. Kept and reported; nothing here gets faster by it. */
@NullMarked
package coffer.acceleration;

import org.jspecify.annotations.NullMarked;
