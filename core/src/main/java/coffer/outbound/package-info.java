/** Requests that the server itself makes: what they are, and where they may go. */
@NullMarked
package coffer.outbound;

import org.jspecify.annotations.NullMarked;
