/** Lists of what is in a bucket, as it is set to have them made: the documents, and what they say of time and objects. */
@NullMarked
package coffer.inventory;

import org.jspecify.annotations.NullMarked;
