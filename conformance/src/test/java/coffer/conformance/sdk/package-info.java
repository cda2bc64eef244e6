/** The official Java SDK against a running server, one class a family of operations. */
@NullMarked
package coffer.conformance.sdk;

import org.jspecify.annotations.NullMarked;
