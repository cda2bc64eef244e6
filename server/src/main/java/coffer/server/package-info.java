/** The program: its options, the wiring of the parts, what it prints. */
@NullMarked
package coffer.server;

import org.jspecify.annotations.NullMarked;
