/** Programs in any language, each run by a script: the cases of the other SDKs, the snippets that users are given. */
@NullMarked
package coffer.conformance.script;

import org.jspecify.annotations.NullMarked;
