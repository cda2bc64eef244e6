/** The configuration file: keys and values with the lines they stand in, and what is wrong with it. */
@NullMarked
package coffer.settings;

import org.jspecify.annotations.NullMarked;
