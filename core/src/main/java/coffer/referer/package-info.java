/** Hotlink protection: which pages may show the objects of a bucket. It keeps browsers out, not attackers. */
@NullMarked
package coffer.referer;

import org.jspecify.annotations.NullMarked;
