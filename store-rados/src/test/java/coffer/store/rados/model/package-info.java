/**
 * The protocols of the RADOS engine as small systems of states, and a search through all their interleavings. What is
 * said here in steps stands in words in <code>docs/decisions/rados-ranges.md</code>.
 */
@NullMarked
package coffer.store.rados.model;

import org.jspecify.annotations.NullMarked;
