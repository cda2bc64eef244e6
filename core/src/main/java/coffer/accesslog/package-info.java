/** Access logs of buckets: what is set, what a line says, and where lines wait until they are delivered. */
@NullMarked
package coffer.accesslog;

import org.jspecify.annotations.NullMarked;
