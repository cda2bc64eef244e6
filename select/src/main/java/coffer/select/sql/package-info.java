/** Queries: their grammar, and what they are made of. */
@NullMarked
package coffer.select.sql;

import org.jspecify.annotations.NullMarked;
