/** The official SDKs of other languages, each run by a script of its own. */
@NullMarked
package coffer.conformance.script;

import org.jspecify.annotations.NullMarked;
