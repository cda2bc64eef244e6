/** Signatures of S3 clients, versions 4 and 2, and the bodies that are signed piece by piece. */
@NullMarked
package coffer.awssignature;

import org.jspecify.annotations.NullMarked;
