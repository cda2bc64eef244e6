/** Whether buckets keep versions. What versions are, and which of them a request means, is {@code coffer.object}'s. */
@NullMarked
package coffer.versioning;

import org.jspecify.annotations.NullMarked;
