/** Retention of objects: how long a version must not be changed, and how that may be altered. */
@NullMarked
package coffer.lock;

import org.jspecify.annotations.NullMarked;
