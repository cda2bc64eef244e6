/**
 * How values are written into rows: fields in a fixed order behind one format byte. A new field gets a new format
 * byte, and the reader keeps understanding the old ones.
 */
@NullMarked
package coffer.record;

import org.jspecify.annotations.NullMarked;
