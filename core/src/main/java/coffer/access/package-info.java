/** Who may do what: values and one function. */
@NullMarked
package coffer.access;

import org.jspecify.annotations.NullMarked;
