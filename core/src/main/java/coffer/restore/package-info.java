/** Restoring what is archived: what is asked for, and how far it is at any moment. No job runs; only time passes. */
@NullMarked
package coffer.restore;

import org.jspecify.annotations.NullMarked;
