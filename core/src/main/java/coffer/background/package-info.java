/**
 * What the store does by itself: a scheduler for workers that do one small piece after the other, keep how far they have
 * come, and can be watched, paused and killed at any time. And the clock that can be moved, so that what is due in a
 * month can be watched today.
 */
@NullMarked
package coffer.background;

import org.jspecify.annotations.NullMarked;
