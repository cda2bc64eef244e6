/** What of a request a bucket wants to be signed. Signatures themselves are verified elsewhere. */
@NullMarked
package coffer.strict;

import org.jspecify.annotations.NullMarked;
