/** Which objects are copied to which other buckets, and how far that has come for each. */
@NullMarked
package coffer.replication;

import org.jspecify.annotations.NullMarked;
