/**
 * Whether what clients saw of a few keys, at the same time and through several servers, can be explained by one order of
 * what they did: linearizability. {@link coffer.conformance.linearizability.Linearizability} decides it for a recorded
 * history; it is our own since the libraries for the Java machine either drive structures in one process (Lincheck) or
 * bring another language with them (Knossos).
 */
@NullMarked
package coffer.conformance.linearizability;

import org.jspecify.annotations.NullMarked;
