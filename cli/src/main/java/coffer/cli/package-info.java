/** The command line for people and scripts: {@code coffer admin}, over the admin API, and {@code coffer sign}. */
@NullMarked
package coffer.cli;

import org.jspecify.annotations.NullMarked;
