/** What a request is addressed to: hosts, bucket names, object keys, copy sources. */
@NullMarked
package coffer.address;

import org.jspecify.annotations.NullMarked;
