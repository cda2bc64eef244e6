/** A request in its context, address and caller known, and the shape of every operation. */
@NullMarked
package coffer.request;

import org.jspecify.annotations.NullMarked;
