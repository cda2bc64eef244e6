/**
 * The engine on Ceph RADOS, for any number of processes at once.
 *
 * <p>The rows of a space lie in <em>leaves</em>: objects of the metadata pool whose maps ({@code omap}) each hold a range
 * of groups ({@link coffer.store.rados.LeafKeys}). The <em>map</em> of the space, an object as well, says which leaf has
 * which range. A commit is one operation on one leaf that compares its header and the rows the commit expects; so what a
 * process remembers of ranges may be old, but never harms. Ranges that grow are split, and
 * small neighbours are merged: {@code docs/decisions} tells how.
 *
 * <p>The bytes of a blob lie in objects of the data pool. A commit that adopts it writes a row {@code '#'} for it, one that
 * releases it changes that row, which so decides between commits and those who clean up behind engines that have died.
 *
 * <pre>
 * metadata pool   m.SPACE       the map of a space            {@link coffer.store.rados.LeafMap}
 *                 r.SPACE.ID    a leaf                        {@link coffer.store.rados.Leaf}
 *                 drops         leaves of dropped spaces      {@link coffer.store.rados.LeafMap}
 *                 instances     the running engines           {@link coffer.store.rados.Instances}
 *                 i.NUMBER      what one of them is about     {@link coffer.store.rados.Instance}
 *                 leader        a lock                        {@link coffer.store.rados.Leadership}
 * data pool       d.ID.N        4 MiB of a blob               {@link coffer.store.rados.Stripes}
 * </pre>
 */
@NullMarked
package coffer.store.rados;

import org.jspecify.annotations.NullMarked;
