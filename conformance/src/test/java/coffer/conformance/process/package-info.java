/** The server as a process: killed, stopped, started again, started twice. */
@NullMarked
package coffer.conformance.process;

import org.jspecify.annotations.NullMarked;
