/** Several accounts on one server, their users and keys: made by the admin API, used by the official Java SDK. */
@NullMarked
package coffer.conformance.accounts;

import org.jspecify.annotations.NullMarked;
