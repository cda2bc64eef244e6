/** Hands out the web console, and lets the pages of it, and of nobody else, reach the data port. */
@NullMarked
package coffer.console;

import org.jspecify.annotations.NullMarked;
