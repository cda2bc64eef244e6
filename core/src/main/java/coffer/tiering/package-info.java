/** Rules of intelligent tiering. Kept and reported; the bytes of all tiers are kept alike. */
@NullMarked
package coffer.tiering;

import org.jspecify.annotations.NullMarked;
