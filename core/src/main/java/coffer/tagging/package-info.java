/** Tags of buckets and objects: what they may be and how they are written. Which requests carry them is said elsewhere. */
@NullMarked
package coffer.tagging;

import org.jspecify.annotations.NullMarked;
