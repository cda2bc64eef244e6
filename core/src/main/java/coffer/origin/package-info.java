/** Where a bucket gets what it lacks: the document, and what its rules say of a request. */
@NullMarked
package coffer.origin;

import org.jspecify.annotations.NullMarked;
