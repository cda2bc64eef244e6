/** A real Ceph cluster for tests of what is to run on one. */
@NullMarked
package coffer.store.ceph;

import org.jspecify.annotations.NullMarked;
