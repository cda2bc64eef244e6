/**
 * librados, Ceph's own client library, through the JDK's foreign-function API: connections, pools, and the operations on
 * objects that the engine needs. Whatever is native stays in here.
 */
@NullMarked
package coffer.rados;

import org.jspecify.annotations.NullMarked;
