/**
 * The engine on Ceph RADOS, for any number of processes at once.
 *
 * <p>The rows of a space lie in <em>leaves</em>: objects of the metadata pool whose maps ({@code omap}) each hold a range
 * of groups ({@link coffer.store.rados.LeafKeys}). The <em>map</em> of the space, an object as well, says which leaf has
 * which range. A commit is one operation on one leaf that compares its header and the rows the commit expects; so what a
 * process remembers of ranges may be old, but never harms. Ranges that grow are split: {@code docs/decisions} tells how.
 *
 * <pre>
 * metadata pool   m.SPACE       the map of a space            {@link coffer.store.rados.LeafMap}
 *                 r.SPACE.ID    a leaf                        {@link coffer.store.rados.Leaf}
 * </pre>
 */
@NullMarked
package coffer.store.rados;

import org.jspecify.annotations.NullMarked;
