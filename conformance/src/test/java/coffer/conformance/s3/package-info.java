/** S3 clients: the AWS SDK for Java, requests written by hand, and both dialects on the same buckets. */
@NullMarked
package coffer.conformance.s3;

import org.jspecify.annotations.NullMarked;
