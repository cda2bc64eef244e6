/** Queries at work: objects are read record by record, and results written. Nothing here opens a file or a connection. */
@NullMarked
package coffer.select.engine;

import org.jspecify.annotations.NullMarked;
