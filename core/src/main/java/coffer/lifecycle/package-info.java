/**
 * Rules for the life of objects: their document, and what they say of one object at one time, as functions of nothing but
 * their arguments. Who acts on them is {@code coffer.housekeeping}.
 */
@NullMarked
package coffer.lifecycle;

import org.jspecify.annotations.NullMarked;
