/** Requests no SDK sends, byte by byte over a socket. */
@NullMarked
package coffer.conformance.raw;

import org.jspecify.annotations.NullMarked;
