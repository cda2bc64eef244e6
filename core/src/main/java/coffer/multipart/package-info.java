/** Multipart uploads: the seven operations and their rows. */
@NullMarked
package coffer.multipart;

import org.jspecify.annotations.NullMarked;
