/** How S3 clients spell what COS clients say, too: headers, errors, names of buckets, documents. */
@NullMarked
package coffer.s3;

import org.jspecify.annotations.NullMarked;
