/** Buckets: what is stored of them, and the operations on the service and on a bucket as a whole. */
@NullMarked
package coffer.bucket;

import org.jspecify.annotations.NullMarked;
