/** The HTTP client that the server makes its own requests with. */
@NullMarked
package coffer.egress;

import org.jspecify.annotations.NullMarked;
