/** The map of the API, and the way of a request through it: found in the map, authenticated, authorized, handled. */
@NullMarked
package coffer.operation;

import org.jspecify.annotations.NullMarked;
