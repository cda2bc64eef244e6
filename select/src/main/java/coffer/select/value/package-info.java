/** Values of queries, and what can be done with them. */
@NullMarked
package coffer.select.value;

import org.jspecify.annotations.NullMarked;
