/**
 * Objects: what is stored of them, how their bytes come in and go out, and the operations on them. Multipart uploads
 * are next door.
 */
@NullMarked
package coffer.object;

import org.jspecify.annotations.NullMarked;
