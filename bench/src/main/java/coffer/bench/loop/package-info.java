/**
 * The loops that every request passes, measured one by one in this process. A loop that its module hides is measured by
 * a class in the package of that name.
 */
@NullMarked
package coffer.bench.loop;

import org.jspecify.annotations.NullMarked;
