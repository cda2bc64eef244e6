/** What the server does by itself, watched by clients while its clock is moved. */
@NullMarked
package coffer.conformance.background;

import org.jspecify.annotations.NullMarked;
