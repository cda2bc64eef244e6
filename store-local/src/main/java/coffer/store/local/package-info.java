/**
 * The embedded engine: everything in one folder on a local disk.
 *
 * <pre>
 * VERSION      format of the folder, a number
 * LOCK         locked by the process that works on it
 * EPOCH        how often the folder has been opened; the upper part of blob ids
 * log/         &lt;16 hex digits&gt;.log  segments of the log: rows and their small bodies
 * index/       RocksDB: where everything is; may lag behind the log, is brought up from it at the start
 * blobs/       &lt;2 hex digits&gt;/&lt;16 hex digits&gt;  one file a blob
 * </pre>
 *
 * <p>A commit is written to the log and synced once, together with all others that wait; then the index, which writes no
 * log of its own, is told. A segment of the log goes away when the index is durable beyond it and none of its bodies is
 * alive; the bodies of segments that are mostly dead are copied forward.
 */
@NullMarked
package coffer.store.local;

import org.jspecify.annotations.NullMarked;
