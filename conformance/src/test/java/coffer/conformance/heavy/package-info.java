/** Suites that take minutes or gigabytes, run by the profile all. */
@NullMarked
package coffer.conformance.heavy;

import org.jspecify.annotations.NullMarked;
