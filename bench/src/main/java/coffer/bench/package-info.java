/**
 * Measures a whole server over its socket, what the machine below it can do, and the inner loops. A result says how much
 * of its limit it reaches; limits and results come from one run on one machine.
 */
@NullMarked
package coffer.bench;

import org.jspecify.annotations.NullMarked;
