/** A store as a whole on its way from one engine into another one, while nobody uses either. */
@NullMarked
package coffer.migration;

import org.jspecify.annotations.NullMarked;
