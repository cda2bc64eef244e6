/** Fetching objects from elsewhere, asynchronously: tasks, what answers requests about them, and who does them. */
@NullMarked
package coffer.fetch;

import org.jspecify.annotations.NullMarked;
