/**
 * The admin API: JSON over HTTP on a listener of its own. {@link coffer.admin.AdminOperation} is its map; what it does is done
 * by the packages it calls.
 */
@NullMarked
package coffer.admin;

import org.jspecify.annotations.NullMarked;
