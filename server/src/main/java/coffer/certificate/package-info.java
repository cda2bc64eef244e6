/**
 * The certificates of the server: read from files, or issued by a CA for development. Knows no HTTP; {@code coffer.http}
 * asks for an {@link coffer.http.Identity} at each handshake.
 */
@NullMarked
package coffer.certificate;

import org.jspecify.annotations.NullMarked;
