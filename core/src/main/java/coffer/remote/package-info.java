/** Other stores, as a client of theirs. */
@NullMarked
package coffer.remote;

import org.jspecify.annotations.NullMarked;
