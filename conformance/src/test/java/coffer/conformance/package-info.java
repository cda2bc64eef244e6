/** What the conformance tests share: a server as a child process, buckets named after tests, raw HTTP. */
@NullMarked
package coffer.conformance;

import org.jspecify.annotations.NullMarked;
